package io.fanin.core.redrive;

import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.Waivers;
import io.fanin.model.partition.EquivalentValues;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.RunId;
import io.fanin.model.run.RunReport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Selects the partitions of a run's report that its redrive processes: those neither registered nor waived since, and
 * not left to a later run.
 *
 * @param record the table's
 * @param forms in which the table's values may be written
 * @param registered those of {@link #values} that the catalog has
 * @param later the runs to which the redrive leaves what failed in them, see {@link LaterRuns}
 */
public record StillOutstanding(
        TableRecord record,
        EquivalentValues forms,
        Map<PartitionValues, RegisteredPartition> registered,
        Set<RunId> later) {

    /** The partitions of a run's report that have to be looked up in the catalog. */
    public static List<PartitionValues> values(RunReport report) {
        return report.failures().stream()
                .map(failure -> failure.toPartition().values())
                .toList();
    }

    /** The partitions, in the report's order. */
    public List<Partition> partitions(RunReport report) {
        Map<PartitionValues, OutstandingFailure> known = forms.index(record.outstanding(), OutstandingFailure::values);
        List<Partition> left = report.failures().stream()
                .filter(failure -> !isHealed(failure, known))
                .map(RunReport.Outstanding::toPartition)
                .map(partition -> asRegistered(partition, registered))
                .toList();
        return wanted(left);
    }

    /** The partition, with the time of its oldest raw object if it is registered. */
    public static Partition asRegistered(Partition partition, Map<PartitionValues, RegisteredPartition> registered) {
        return Optional.ofNullable(registered.get(partition.values()))
                .map(known -> known.madeAnew(partition))
                .orElse(partition);
    }

    /** The partitions among these that are neither waived nor left to a later run. */
    public List<Partition> wanted(List<Partition> partitions) {
        List<PartitionValues> ofOthers = record.outstanding().stream()
                .filter(failure -> later.contains(failure.run()))
                .map(OutstandingFailure::values)
                .toList();
        return Waivers.without(forms.without(partitions, Partition::values, ofOthers), record, forms);
    }

    /** @param known the failures in the table's record, of which that of the same partition has to be healed as well */
    private boolean isHealed(RunReport.Outstanding failure, Map<PartitionValues, OutstandingFailure> known) {
        PartitionValues values = failure.toPartition().values();
        return Optional.ofNullable(registered.get(values))
                .filter(now -> now.isRegisteredSince(failure.standing()))
                .filter(now -> Optional.ofNullable(known.get(forms.canonical(values)))
                        .filter(recorded -> !recorded.healedBy(now))
                        .isEmpty())
                .isPresent();
    }
}
