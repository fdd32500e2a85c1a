package io.fanin.core.record;

import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.partition.EquivalentValues;
import io.fanin.core.partition.Partition;
import io.fanin.core.partition.PartitionValues;
import io.fanin.core.run.RunReport;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The outstanding partitions of a run's report, without those registered or waived since. */
public final class StillOutstanding {

    private StillOutstanding() {}

    /**
     * The partitions, in the report's order.
     *
     * @param record the table's
     * @param forms in which the table's values may be written
     * @param registered finds those of the given partitions that the catalog has
     */
    public static List<Partition> partitions(
            RunReport report,
            TableRecord record,
            EquivalentValues forms,
            Function<Collection<PartitionValues>, Map<PartitionValues, RegisteredPartition>> registered) {
        Map<PartitionValues, RegisteredPartition> found = registered.apply(report.failures().stream()
                .map(failure -> failure.toPartition().values())
                .toList());
        List<Partition> left = report.failures().stream()
                .filter(failure -> !isHealed(failure, found))
                .map(RunReport.Outstanding::toPartition)
                .toList();
        return Waivers.without(left, record, forms);
    }

    private static boolean isHealed(
            RunReport.Outstanding failure, Map<PartitionValues, RegisteredPartition> registered) {
        return Optional.ofNullable(registered.get(failure.toPartition().values()))
                .filter(now -> now.isRegisteredSince(failure.registeredBy()))
                .isPresent();
    }
}
