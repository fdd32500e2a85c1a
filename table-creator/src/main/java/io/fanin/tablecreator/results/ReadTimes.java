package io.fanin.tablecreator.results;

import io.fanin.model.partition.PartitionValues;
import java.time.Instant;
import java.util.Map;

/**
 * After which times the processors of a pass have read its data. A batch that is processed again, as by a redrive of
 * the Map, reads what has come since the pass began.
 *
 * @param began when the pass began
 * @param later the times of partitions that were read known to be later
 */
public record ReadTimes(Instant began, Map<PartitionValues, Instant> later) {

    public ReadTimes {
        later = Map.copyOf(later);
    }

    /** The time after which the data of a partition was read. */
    public Instant of(PartitionValues values) {
        return later.getOrDefault(values, began);
    }
}
