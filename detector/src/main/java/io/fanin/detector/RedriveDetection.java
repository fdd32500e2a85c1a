package io.fanin.detector;

import io.fanin.core.partition.Partition;
import io.fanin.core.partition.PartitionValues;
import io.fanin.core.run.DetectionReport;
import io.fanin.core.run.RunFolder;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * What is left of another run, less what has been registered since.
 *
 * @param registered finds those of the given partitions that the catalog has
 */
record RedriveDetection(
        RunFolder run, Function<Collection<PartitionValues>, Set<PartitionValues>> registered, TableStanding standing)
        implements Detection {

    @Override
    public Detected detect() {
        List<Partition> left = run.unfinished();
        Set<PartitionValues> since =
                registered.apply(left.stream().map(Partition::values).toList());
        List<Partition> candidates = left.stream()
                .filter(partition -> !since.contains(partition.values()))
                .toList();
        return new Detected(candidates, standing.isStale(since), DetectionReport.NONE);
    }
}
