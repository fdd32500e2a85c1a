package io.fanin.tablecreator;

import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.record.TableRecord;
import io.fanin.core.redrive.StillOutstanding;
import io.fanin.core.run.folder.HeldMarker;
import io.fanin.model.partition.EquivalentValues;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.Execution;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.run.RunId;
import io.fanin.model.run.RunReport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The gate's decision about an arrival, a pure function of the documents that {@link Gate} has read.
 *
 * <p>There are two decisions, because an arrival that is held may not touch the table's lease: {@link #ofArrival}
 * depends on the marker alone, {@link #ofRedrive} on documents read under the lease. Conditions that make a redrive
 * impossible (another holder of the lease, another owner of the folder, another table of that name) are not part of the
 * decision: they are exceptions of the reads.
 */
sealed interface GateDecision {

    /** The decision from the marker. */
    sealed interface OfArrival extends GateDecision {}

    /** The execution fails, so that it can be redriven. */
    record Hold(RunReport report) implements OfArrival {}

    /** The execution has been redriven: it takes the table's lease and reads the outstanding partitions. */
    record LetThrough(RunReport report) implements OfArrival {}

    /**
     * The next pass processes these partitions.
     *
     * @param partitions empty if nothing is left to process: then the pass only registers, and sets the table's
     *     parameters
     */
    record NextPass(int pass, List<Partition> partitions) implements GateDecision {}

    /**
     * The documents that a redrive has read under the table's lease.
     *
     * @param report of the pass that was held
     * @param record of the table, as it is now
     * @param registered the report's partitions that are now in the catalog
     * @param later the runs to which it leaves what failed in them
     * @param unregistered results of the pass that was held, which only have to be registered: if another run has
     *     changed the record since, they are processed again
     */
    record Redrive(
            RunReport report,
            TableRecord record,
            EquivalentValues forms,
            Map<PartitionValues, RegisteredPartition> registered,
            Set<RunId> later,
            List<PartitionResult.Processed> unregistered) {}

    /**
     * Distinguishes a redrive from the first arrival and its retries.
     *
     * @param report of the pass
     * @param earlier the marker of another arrival for this pass; empty if this one is the first
     */
    static OfArrival ofArrival(RunReport report, Execution execution, Optional<HeldMarker> earlier) {
        return earlier.filter(marker -> isRedrive(execution, marker))
                .<OfArrival>map(marker -> new LetThrough(report))
                .orElseGet(() -> new Hold(report));
    }

    private static boolean isRedrive(Execution execution, HeldMarker held) {
        return execution.redriveCount().isEmpty()
                || execution.redriveCount().getAsInt() > held.redriveCount().orElse(0);
    }

    /**
     * The partitions to process: the outstanding ones, except those that a later run has registered, those that failed
     * in a later run with another spec, those that have been waived since, and those that only have to be registered.
     */
    static NextPass ofRedrive(Redrive read) {
        boolean isLast = read.record()
                .changedBy()
                .equals(Optional.of(read.report().header().run()));
        Set<Partition> processed = (isLast ? read.unregistered() : List.<PartitionResult.Processed>of())
                .stream().map(PartitionResult::partition).collect(Collectors.toSet());
        List<Partition> left = new StillOutstanding(read.record(), read.forms(), read.registered(), read.later())
                .partitions(read.report()).stream()
                        .filter(partition -> !processed.contains(partition))
                        .toList();
        return new NextPass(read.report().header().pass() + 1, left);
    }
}
