package io.fanin.core.record;

import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.model.partition.EquivalentValues;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.RunReport;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Selects the partitions of a run's report that are still outstanding: neither registered nor waived since. */
public final class StillOutstanding {

    private StillOutstanding() {}

    /** The partitions of a run's report that have to be looked up in the catalog. */
    public static List<PartitionValues> values(RunReport report) {
        return report.failures().stream()
                .map(failure -> failure.toPartition().values())
                .toList();
    }

    /**
     * The partitions, in the report's order.
     *
     * @param record the table's
     * @param forms in which the table's values may be written
     * @param registered those of {@link #values} that the catalog has
     */
    public static List<Partition> partitions(
            RunReport report,
            TableRecord record,
            EquivalentValues forms,
            Map<PartitionValues, RegisteredPartition> registered) {
        List<Partition> left = report.failures().stream()
                .filter(failure -> !isHealed(failure, registered))
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
