package io.fanin.model.run;

import io.fanin.model.partition.Partition;
import java.util.List;

/**
 * The content of one item of the Map.
 *
 * @param id unique within the pass, from 0
 */
public record Batch(int id, List<Partition> partitions) {

    public Batch {
        partitions = List.copyOf(partitions);
    }

    /** Of its partitions. */
    public List<String> prefixes() {
        return partitions.stream().map(Partition::prefix).toList();
    }
}
