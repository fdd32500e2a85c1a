package io.fanin.tablecreator;

import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.RecordedRun;
import io.fanin.core.record.RecordedWaiver;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.Waivers;
import io.fanin.model.partition.EquivalentValues;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.run.RunId;
import io.fanin.model.run.detection.LatestPeriod;
import io.fanin.model.run.waiver.WaiverChange;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.SpecException;
import io.fanin.model.spec.detection.DetectionSpec;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a pass changes in the table's record: its failures before it registers anything, and its result at the end. Both
 * are functions of the record, which another writer may have changed since it was read.
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

    /** The record with the run's changes of waivers. */
    TableRecord waiving(TableRecord now) {
        return Waivers.changed(
                horizon.map(LatestPeriod::time)
                        .map(time -> Waivers.at(now, time))
                        .orElse(now),
                waivers,
                forms,
                run);
    }

    /**
     * The change before anything is registered.
     *
     * @param input before anything was changed
     * @param results the pass's
     */
    UnaryOperator<TableRecord> beginning(PassInput input, PassResults results) {
        return new PassBeginning(this, input, results, record -> false);
    }

    /** The change once everything is registered. */
    UnaryOperator<TableRecord> ending(PassPlan plan, Result result) {
        return new PassEnding(this, plan, result);
    }

    /** Whether a failure is this run's, or the redriven one's. */
    boolean isOwn(RunId failed) {
        return failed.equals(run) || redriveOf.equals(Optional.of(failed));
    }

    /**
     * The empty partitions that are known to have existed: found by a scan, or recorded as failed. Registered ones were
     * registered empty, are complete, and left out. If an earlier invocation of this pass has changed the record, the
     * failures in it are gone, so that all count.
     */
    List<PartitionValues> seenBefore(PassInput input, PassResults results) {
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
     * The maximum of attempts, for the record. A run of named partitions keeps the recorded one, since its detection is
     * not that of scheduled runs.
     */
    static Optional<Integer> maxAttempts(PassInput input) {
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
