package io.fanin.detector.select;

import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A partition observed in S3, in the catalog, or in both.
 *
 * @param canonical the form by which values are compared
 * @param prefixes the prefixes with these values, each once, in the order of S3; empty if only the catalog has the
 *     partition
 * @param hasFolder whether a folder of it was seen in the table's own, from which another tool's registration is not
 *     known to differ
 * @param others the values of further registrations of it, in other spellings
 */
public record ObservedPartition(
        PartitionValues canonical,
        List<Partition> prefixes,
        Optional<RegisteredPartition> registered,
        boolean hasFolder,
        List<PartitionValues> others) {

    public ObservedPartition {
        prefixes = List.copyOf(prefixes);
        others = List.copyOf(others);
    }

    /** Whether it is unknown which of its prefixes is right. */
    boolean hasSeveralPrefixes() {
        return prefixes.size() > 1;
    }

    /** The same partition with these of its prefixes. */
    ObservedPartition at(List<Partition> left) {
        return new ObservedPartition(canonical, left, registered, hasFolder, others);
    }

    /** The same partition with its registration, looked up by the values of its first prefix. */
    ObservedPartition registeredAs(Map<PartitionValues, RegisteredPartition> found) {
        return new ObservedPartition(
                canonical,
                prefixes,
                Optional.ofNullable(found.get(prefixes.getFirst().values())),
                hasFolder,
                others);
    }
}
