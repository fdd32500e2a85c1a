package io.fanin.model.run;

import io.fanin.model.partition.Partition;
import java.util.List;

/**
 * A batch: the partitions of one item of the Map, which one invocation of the processor, or one run of a Glue job,
 * processes. Written to a pass's manifest.
 *
 * @param id unique within the pass, from 0
 */
public record Batch(int id, List<Partition> partitions) {

    public Batch {
        partitions = List.copyOf(partitions);
    }

    public List<String> prefixes() {
        return partitions.stream().map(Partition::prefix).toList();
    }
}
