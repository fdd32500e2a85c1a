package io.fanin.detector;

import io.fanin.core.layout.Skip;
import io.fanin.core.layout.SkipReason;
import io.fanin.core.partition.Partition;
import io.fanin.core.partition.PartitionValues;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.run.DetectionReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What exists in S3 less what is registered in Glue, and what failed before and is not registered yet, whether S3 still
 * shows it or not: an operator has to know.
 */
record ListDetection(PrefixWalk walk, SkipLog skips, Set<PartitionValues> registered, TableStanding standing)
        implements Detection {

    @Override
    public Detected detect() {
        Map<PartitionValues, List<Partition>> found = new LinkedHashMap<>();
        walk.walk(partition -> found.computeIfAbsent(partition.values(), values -> new ArrayList<>(1))
                .add(partition));
        Map<PartitionValues, Partition> candidates = new LinkedHashMap<>();
        long known = 0;
        for (Map.Entry<PartitionValues, List<Partition>> entry : found.entrySet()) {
            List<Partition> prefixes = entry.getValue();
            boolean isRegistered = registered.contains(entry.getKey());
            known += isRegistered ? 1 : 0;
            if (prefixes.size() > 1) {
                prefixes.forEach(prefix -> skips.add(conflict(prefix, prefixes)));
            } else if (!isRegistered) {
                candidates.put(entry.getKey(), prefixes.getFirst());
            }
        }
        for (OutstandingFailure failure : standing.record().outstanding()) {
            PartitionValues values = failure.partition().values();
            if (!registered.contains(values) && !found.containsKey(values)) {
                candidates.put(values, failure.partition());
            }
        }
        return new Detected(
                List.copyOf(candidates.values()),
                standing.isStale(registered),
                new DetectionReport(found.size(), known, skips.counts(), skips.sample()));
    }

    private static Skip conflict(Partition partition, List<Partition> all) {
        return new Skip(
                partition.prefix(),
                SkipReason.CONFLICT,
                "means the same values as "
                        + all.stream()
                                .map(Partition::prefix)
                                .filter(prefix -> !prefix.equals(partition.prefix()))
                                .collect(Collectors.joining(" and ")));
    }
}
