package io.fanin.tablecreator;

import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.ProgressScope;
import io.fanin.core.record.RecordedRun;
import io.fanin.core.record.RecordedWaiver;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.Waivers;
import io.fanin.core.record.Watermark;
import io.fanin.model.partition.EquivalentValues;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.run.RunId;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.LatestPeriod;
import io.fanin.model.run.waiver.WaiverChange;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.SpecException;
import io.fanin.model.spec.detection.DetectionSpec;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The changes of a pass to the table's record: its failures before it registers anything, and its result at the end.
 * They are functions of the record, which another writer may have changed since it was read.
 *
 * @param redriveOf the earlier run whose failures the run processes again, with that run's spec; empty if it is none
 * @param folder the URI of the run's folder
 * @param forms the spellings of the table's values
 * @param horizon the latest period that the table can have reached; empty if it is no longer known
 * @param waivers the run's, in its first pass
 */
record PassRecord(
        RunId run,
        Optional<RunId> redriveOf,
        String folder,
        int pass,
        EquivalentValues forms,
        Optional<LocalDateTime> horizon,
        WaiverChange waivers) {

    /**
     * The partitions that were outstanding or waived before the pass, or are to be waived.
     *
     * @param record as it applies to the existing table
     */
    Stream<PartitionValues> earlier(TableRecord record) {
        TableRecord known = waiving(record);
        return Stream.concat(
                known.outstanding().stream().map(OutstandingFailure::values),
                known.waived().stream().map(RecordedWaiver::values));
    }

    /**
     * Requires that the run changes no waivers. A waiver is a decision about the table as the run has detected it, and
     * another run has changed it since.
     *
     * @param overtaking a run that has changed the table since
     * @throws SpecException if the run changes waivers
     */
    void requireNoWaivers(RunId overtaking) {
        if (!waivers.equals(WaiverChange.NONE)) {
            throw SpecException.at(
                    waivers.waive().isEmpty() ? "$.unwaive" : "$.waive",
                    "run " + overtaking
                            + " has changed the table since this execution looked at it, so that it changes no more"
                            + " waivers: if they are still to be changed, start a new execution");
        }
    }

    /** The failures and waivers of the record, by any spelling of a partition's values. */
    Known known(TableRecord record) {
        return new Known(
                forms,
                record.outstanding().stream()
                        .collect(Collectors.toMap(
                                failure -> forms.canonical(failure.values()), failure -> failure, (one, same) -> one)),
                record.waived().stream()
                        .collect(Collectors.toMap(
                                waived -> forms.canonical(waived.values()), waived -> waived, (one, same) -> one)));
    }

    /** Failures and waivers by canonical values. */
    record Known(
            EquivalentValues forms,
            Map<PartitionValues, OutstandingFailure> failures,
            Map<PartitionValues, RecordedWaiver> waived) {

        Optional<OutstandingFailure> failure(PartitionValues values) {
            return Optional.ofNullable(failures.get(forms.canonical(values)));
        }

        boolean isWaived(PartitionValues values) {
            return waived.containsKey(forms.canonical(values));
        }

        /** The failure of a partition that was waived. */
        Optional<OutstandingFailure> waivedFailure(PartitionValues values) {
            return Optional.ofNullable(waived.get(forms.canonical(values))).flatMap(RecordedWaiver::failure);
        }

        /** Whether a partition has failed, also if it was waived since. */
        boolean hasFailed(PartitionValues values) {
            return failure(values).or(() -> waivedFailure(values)).isPresent();
        }
    }

    /** The results of partitions that are not waived. */
    List<PartitionResult.Processed> wanted(TableRecord record, List<PartitionResult.Processed> results) {
        return forms.without(
                results,
                result -> result.partition().values(),
                record.waived().stream().map(RecordedWaiver::values).toList());
    }

    private TableRecord waiving(TableRecord now) {
        return Waivers.changed(
                horizon.map(LatestPeriod::time)
                        .map(time -> Waivers.at(now, time))
                        .orElse(now),
                waivers,
                forms,
                run);
    }

    /**
     * Adds this pass's failures, removes earlier ones of partitions that another run or tool has registered since or
     * that turned out not to exist, and changes waivers. A redriven run may have an earlier spec than the run that has
     * recorded a failure, and so have looked for the partition elsewhere: then it removes only its own. Registrations
     * in a table that is gone no longer count as progress.
     *
     * @param input before anything was changed
     * @param results the pass's
     */
    UnaryOperator<TableRecord> beginning(PassInput input, PassResults results) {
        return beginning(input, results, record -> false);
    }

    /**
     * The same once the pass may have created the table.
     *
     * @param isOfPass whether a state of the record is already about the table that the pass has created
     */
    private UnaryOperator<TableRecord> beginning(
            PassInput input, PassResults results, Predicate<TableRecord> isOfPass) {
        RecordedRun lastRun = new RecordedRun(
                run, folder, input.registeredEarlier(), OptionalLong.empty(), maxAttempts(input), Optional.empty());
        List<OutstandingFailure> failures = standing(results.failures(run, pass), input.spec(), input.registered());
        TableRecord earlier = waiving(input.ofTable(input.record()));
        Set<PartitionValues> healed =
                new HashSet<>(OutstandingFailure.healed(earlier.outstanding(), input.registered()));
        healed.addAll(Waivers.healed(earlier, input.registered()));
        failures.forEach(failure -> healed.remove(failure.partition().values()));
        Watermark progress = input.progress(input.scope());
        List<PartitionValues> seen = seenBefore(input, results);
        Optional<DetectionReport> remade = input.actedOnDetection()
                .filter(report -> results.overtaking().isEmpty()
                        && report.counts().changes().deregister());
        return now -> {
            boolean isKept = isOfPass.test(now);
            TableRecord known = isKept || input.existing().isPresent() ? now : now.withoutProgress();
            TableRecord before = isKept ? now : input.ofTable(known);
            Known recorded = known(before);
            Predicate<PartitionValues> isOver = values -> recorded.failure(values)
                    .filter(failure -> !input.isJudgeOf(failure.run()))
                    .isEmpty();
            TableRecord begun = progress.advanced(
                    waiving(before)
                            .without(healed, forms)
                            .without(those(results.absent(), isOver), forms)
                            .withEmpty(those(results.empty(), isOver), forms)
                            .withNotBegun(those(results.notBegun(), isOver), forms)
                            .withFailures(failures, forms),
                    healed);
            TableRecord left = remade.filter(report -> now.isUnchangedSince(report, run, pass))
                    .flatMap(DetectionReport::open)
                    .map(open -> progress.leavingOpen(begun, LocalDateTime.parse(open)))
                    .orElse(begun);
            return progress.recountingMissing(
                            progress.reopening(left, seen), Waivers.endedWithoutData(known, begun, forms))
                    .begunBy(lastRun, pass, now);
        };
    }

    /** Whether a failure is this run's, or the redriven one's. */
    boolean isOwn(RunId failed) {
        return failed.equals(run) || redriveOf.equals(Optional.of(failed));
    }

    private static List<PartitionValues> those(List<PartitionValues> all, Predicate<PartitionValues> which) {
        return all.stream().filter(which).toList();
    }

    /**
     * The empty partitions that are known to have existed: found by a scan, or recorded as failed. Registered ones were
     * registered empty, are complete, and left out. If an earlier invocation of this pass has changed the record, the
     * failures in it are gone, so that all count.
     */
    private List<PartitionValues> seenBefore(PassInput input, PassResults results) {
        Known known = known(input.ofTable(input.record()));
        boolean isRepeated = input.record().isBegunBy(run, pass);
        Predicate<PartitionValues> wasSeen = values -> isRepeated || known.hasFailed(values);
        boolean hasScanned = input.spec().detection().seesWholeTable();
        return input.unregistered(Stream.concat(
                        results.gone().stream().filter(values -> hasScanned || wasSeen.test(values)),
                        results.notBegun().stream().filter(wasSeen))
                .toList());
    }

    /**
     * The result of a pass.
     *
     * @param table after the pass
     * @param registered the partitions that were read back from Glue
     * @param own those of them that are registered with the pass's results
     * @param refused the others
     * @param vanished the number of remaining partitions whose data was gone in the run's detection; empty if it did
     *     not search for them
     */
    record Result(
            CatalogTable table,
            Set<PartitionValues> registered,
            Set<PartitionValues> own,
            List<OutstandingFailure> refused,
            Optional<Long> vanished) {}

    /**
     * Removes registered partitions, and adds those that Glue has refused. The findings of the run's detection count if
     * no other run has changed the record since.
     */
    UnaryOperator<TableRecord> ending(PassPlan plan, Result result) {
        OptionalLong millisPerPartition = plan.results().work().millisPerPartition();
        RecordedRun lastRun = new RecordedRun(
                run,
                folder,
                plan.input().registeredEarlier() + newlyRegistered(plan.input(), result.own()),
                millisPerPartition,
                maxAttempts(plan.input()),
                Optional.empty());
        Optional<DetectionReport> detection = plan.actedOnDetection();
        Watermark progress = plan.input()
                .progress(ProgressScope.of(plan.input().spec(), result.table().created()));
        List<PartitionValues> seen = seenBefore(plan.input(), plan.results());
        List<PartitionValues> notBegun =
                plan.input().unregistered(plan.results().notBegun());
        // If an answer was lost, the change is applied to its own result.
        UnaryOperator<TableRecord> beginning = plan.input().existing().isPresent()
                ? plan.beginning()
                : beginning(
                        plan.input(),
                        plan.results(),
                        record -> record.tableCreated().isPresent() && !record.isOfAnother(result.table()));
        return now -> {
            TableRecord known = beginning
                    .apply(now)
                    .ofTable(result.table())
                    .without(result.registered(), forms)
                    .withFailures(result.refused(), forms);
            TableRecord ended = detection
                    .filter(report -> plan.results().overtaking().isEmpty() && now.isUnchangedSince(report, run, pass))
                    .map(report -> progress.advanced(
                            result.vanished().map(known::withVanished).orElse(known), result.registered(), report))
                    .orElseGet(() -> progress.advanced(known, result.registered()));
            return progress.awaiting(progress.reopening(ended, seen), notBegun).with(lastRun);
        };
    }

    /**
     * The number of partitions registered for the first time in this run. One that an earlier pass has registered may
     * have failed since, with late data.
     */
    private long newlyRegistered(PassInput input, Set<PartitionValues> registered) {
        Known before = known(input.ofTable(input.record()));
        return registered.stream()
                .filter(values -> before.failure(values)
                        .flatMap(failure -> failure.standing().registeredBy())
                        .filter(folder::equals)
                        .isEmpty())
                .count();
    }

    /**
     * The maximum of attempts, for the record. A run of named partitions keeps the recorded one, since its detection is
     * not that of scheduled runs.
     */
    private static Optional<Integer> maxAttempts(PassInput input) {
        DetectionSpec detection = input.spec().detection();
        boolean isNamed = detection instanceof DetectionSpec.Explicit || detection instanceof DetectionSpec.Range;
        Optional<Integer> before = input.ofTable(input.record()).lastRun().flatMap(RecordedRun::maxAttempts);
        return detection.maxAttempts().or(() -> before.filter(most -> isNamed));
    }

    /** The failures of the spec's table, with the registrations under which their partitions are still registered. */
    static List<OutstandingFailure> standing(
            List<OutstandingFailure> failures,
            ResolvedSpec spec,
            Map<PartitionValues, RegisteredPartition> registered) {
        String bucket = spec.definition().location().bucket();
        return failures.stream()
                .map(failure -> failure.ofTableIn(bucket))
                .map(failure -> Optional.ofNullable(
                                registered.get(failure.partition().values()))
                        .map(failure::whileRegisteredAs)
                        .orElse(failure))
                .toList();
    }
}
