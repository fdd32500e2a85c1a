package io.fanin.detector;

import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.partition.Partition;
import io.fanin.core.partition.PartitionValues;
import java.util.List;
import java.util.Optional;

/**
 * What was seen of the same values.
 *
 * @param canonical the form by which values are compared
 * @param prefixes that mean the values, each once, in the order of S3; none where only the catalog has them
 */
record Sighting(PartitionValues canonical, List<Partition> prefixes, Optional<RegisteredPartition> registered) {

    Sighting {
        prefixes = List.copyOf(prefixes);
    }

    Sighting with(Optional<RegisteredPartition> found) {
        return new Sighting(canonical, prefixes, found);
    }
}
