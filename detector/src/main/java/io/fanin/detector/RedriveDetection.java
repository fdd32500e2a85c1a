package io.fanin.detector;

import io.fanin.core.partition.Partition;
import io.fanin.core.partition.PartitionValues;
import io.fanin.core.run.Candidate;
import io.fanin.core.run.DetectionReport;
import io.fanin.core.run.Reason;
import io.fanin.core.run.RunFolder;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * What is left of another run, less what has been registered since.
 *
 * @param registered finds those of the given partitions that need not be processed, because the catalog has them
 */
record RedriveDetection(
        RunFolder run, Function<Collection<PartitionValues>, Set<PartitionValues>> registered, TableStanding standing)
        implements Detection {

    @Override
    public Detected detect() {
        List<Partition> left = run.unfinished();
        Set<PartitionValues> since =
                registered.apply(left.stream().map(Partition::values).toList());
        List<Candidate> candidates = left.stream()
                .filter(partition -> !since.contains(partition.values()))
                .map(partition -> new Candidate(partition, Reason.RETRIED))
                .toList();
        return new Detected(candidates, standing.isStale(since::contains), DetectionReport.unseen(candidates));
    }
}
