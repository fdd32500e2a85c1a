package io.fanin.detector;

import io.fanin.core.catalog.RegisteredPartition;
import io.fanin.core.partition.Partition;
import io.fanin.core.partition.PartitionValues;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.StillOutstanding;
import io.fanin.core.run.Candidate;
import io.fanin.core.run.DetectionReport;
import io.fanin.core.run.Reason;
import io.fanin.core.run.RunFolder;
import io.fanin.core.spec.TableSpec;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What is left of another run, less what has been registered since: what its newest report calls outstanding, or, when it
 * never came to a report, all that it set out to process.
 *
 * @param registered finds those of the given partitions that the catalog has
 * @param spec the other run's
 */
record RedriveDetection(
        RunFolder run,
        Function<Collection<PartitionValues>, Map<PartitionValues, RegisteredPartition>> registered,
        TableSpec spec,
        TableStanding standing)
        implements Detection {

    @Override
    public Detected detect() {
        List<Candidate> candidates = left().stream()
                .map(partition -> new Candidate(partition, Reason.RETRIED))
                .toList();
        return new Detected(candidates, standing.isStale(healed()::contains), DetectionReport.unseen(candidates));
    }

    private List<Partition> left() {
        return run.report()
                .map(report -> StillOutstanding.partitions(report, registered))
                .orElseGet(this::unregistered);
    }

    private List<Partition> unregistered() {
        List<Partition> planned = run.planned();
        if (!spec.detectionOrDefault().leavesOutRegistered()) {
            return planned;
        }
        Set<PartitionValues> since = registered
                .apply(planned.stream().map(Partition::values).toList())
                .keySet();
        return planned.stream()
                .filter(partition -> !since.contains(partition.values()))
                .toList();
    }

    /** What the table's record calls outstanding and has been registered since. */
    private Set<PartitionValues> healed() {
        List<OutstandingFailure> outstanding = standing.record().outstanding();
        return OutstandingFailure.healed(
                outstanding,
                registered.apply(outstanding.stream()
                        .map(failure -> failure.partition().values())
                        .toList()));
    }
}
