package io.fanin.detector.select;

import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was seen of the same values.
 *
 * @param canonical the form by which values are compared
 * @param prefixes that mean the values, each once, in the order of S3; none where only the catalog has them
 * @param hasFolder whether the table's own folder has one of them
 */
public record ObservedPartition(
        PartitionValues canonical,
        List<Partition> prefixes,
        Optional<RegisteredPartition> registered,
        boolean hasFolder) {

    public ObservedPartition {
        prefixes = List.copyOf(prefixes);
    }

    /** The same with its registration, looked up by the values of its first prefix. */
    ObservedPartition registeredAs(Map<PartitionValues, RegisteredPartition> found) {
        return new ObservedPartition(
                canonical,
                prefixes,
                Optional.ofNullable(found.get(prefixes.getFirst().values())),
                hasFolder);
    }
}
