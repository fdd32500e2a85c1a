package io.fanin.tablecreator;

import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.partition.EquivalentValues;
import io.fanin.core.partition.PartitionValues;
import io.fanin.core.record.LeasedRecord;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.Waived;
import io.fanin.core.record.Waivers;
import io.fanin.core.record.Watermark;
import io.fanin.core.run.PartitionResult;
import io.fanin.core.run.WaiverChange;
import io.fanin.core.run.detection.DetectionReport;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.run.folder.RunStart;
import io.fanin.core.spec.TableSpec;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The changes of a pass to the table's record: its failures before it registers anything, and its result at the end.
 */
final class PassRecord {

    private final LeasedRecord record;
    private final Runnable requireLease;
    private final RunFolder run;
    private final int pass;
    private final EquivalentValues forms;
    private final Optional<Instant> time;
    private final WaiverChange waivers;
    private UnaryOperator<TableRecord> beginning = UnaryOperator.identity();

    /**
     * Of a pass.
     *
     * @param requireLease throws when another execution has taken the table's lease
     * @param time the run's reference time; empty where it is no longer known
     */
    PassRecord(
            LeasedRecord record,
            Runnable requireLease,
            RunFolder run,
            int pass,
            TableSpec spec,
            Optional<Instant> time) {
        this.record = record;
        this.requireLease = requireLease;
        this.run = run;
        this.pass = pass;
        this.forms = new EquivalentValues(spec.definition().keys());
        this.time = time;
        this.waivers =
                pass == 0 ? run.start().map(RunStart::waiversOrNone).orElse(WaiverChange.NONE) : WaiverChange.NONE;
    }

    /**
     * The partitions that were outstanding or waived before the pass, or are to be waived.
     *
     * @param existing the table; empty where it is not there
     */
    Stream<PartitionValues> earlier(Optional<CatalogTable> existing) {
        TableRecord known = waiving(record.known(), existing);
        return Stream.concat(
                known.outstanding().stream().map(OutstandingFailure::values),
                known.waived().stream().map(Waived::values));
    }

    /** The results of partitions that are not waived. */
    List<PartitionResult.Processed> wanted(List<PartitionResult.Processed> results) {
        return forms.without(
                results,
                result -> result.partition().values(),
                record.known().waived().stream().map(Waived::values).toList());
    }

    private TableRecord waiving(TableRecord now, Optional<CatalogTable> existing) {
        TableRecord known = now.ofTable(existing);
        return Waivers.changed(time.map(moment -> Waivers.at(known, moment)).orElse(known), waivers, forms, run.run());
    }

    /** Throws when another execution has taken the table's lease. */
    void requireLease() {
        requireLease.run();
    }

    /** The record as it is now. */
    TableRecord current() {
        return record.current(requireLease);
    }

    /**
     * Adds this pass's failures, and removes earlier ones that another run or tool has registered since, or that turned
     * out to be no partitions, and changes waivers. What was registered in a table that is gone no longer counts as
     * progress. If only the run has changed, the record is not written before the end of the pass.
     *
     * @param existing the table; empty where it is not there
     * @param registered what the catalog has of these failures and of the earlier ones
     * @param registeredBefore by earlier passes of the run
     * @param began when the pass did
     */
    TableRecord begin(
            Optional<CatalogTable> existing,
            Watermark progress,
            PassResults results,
            Map<PartitionValues, RegisteredPartition> registered,
            long registeredBefore,
            Instant began) {
        TableRecord.LastRun lastRun = new TableRecord.LastRun(run.run(), run.uri(), registeredBefore);
        List<OutstandingFailure> failures = standing(results.failures(run.run(), pass, began), registered);
        TableRecord earlier = waiving(record.known(), existing);
        Set<PartitionValues> healed = new HashSet<>(OutstandingFailure.healed(earlier.outstanding(), registered));
        healed.addAll(Waivers.healed(earlier, registered));
        failures.forEach(failure -> healed.remove(failure.partition().values()));
        beginning = now -> {
            TableRecord known = existing.isPresent() ? now : now.withoutProgress();
            return progress.advanced(
                            waiving(known, existing)
                                    .without(healed, forms)
                                    .without(results.absent(), forms)
                                    .withEmpty(results.empty(), forms)
                                    .withFailures(failures, forms),
                            healed)
                    .begunBy(lastRun, pass, now);
        };
        TableRecord before = beginning.apply(record.known());
        return before.differsOnlyInRun(record.known()) ? before : record.update(beginning, requireLease);
    }

    /**
     * Forgets what is registered, and adds what Glue has refused.
     *
     * @param table as it is now
     * @param look the run's findings about the table, which count if no other run has changed the record since
     * @param vanished how many partitions are left whose data that look saw to be gone; empty where it did not look for them
     * @param total that the run has registered, in all its passes
     */
    TableRecord end(
            CatalogTable table,
            Optional<DetectionReport> look,
            Optional<Long> vanished,
            Watermark progress,
            Collection<PartitionValues> registered,
            List<OutstandingFailure> refused,
            long total,
            OptionalLong millisPerPartition) {
        TableRecord.LastRun lastRun = new TableRecord.LastRun(run.run(), run.uri(), total, millisPerPartition);
        return record.update(
                now -> {
                    TableRecord known = beginning
                            .apply(now)
                            .ofTable(Optional.of(table))
                            .without(registered, forms)
                            .withFailures(refused, forms);
                    return look.filter(report -> report.isNewerThan(now.changedBy(), run.run()))
                            .map(report -> progress.advanced(
                                    vanished.map(known::withVanished).orElse(known), registered, report))
                            .orElseGet(() -> progress.advanced(known, registered))
                            .with(lastRun);
                },
                requireLease);
    }

    /** The failures, with the registrations under which their partitions stand all the same. */
    static List<OutstandingFailure> standing(
            List<OutstandingFailure> failures, Map<PartitionValues, RegisteredPartition> registered) {
        return failures.stream()
                .map(failure -> Optional.ofNullable(
                                registered.get(failure.partition().values()))
                        .map(failure::of)
                        .orElse(failure))
                .toList();
    }
}
