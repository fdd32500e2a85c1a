package io.fanin.model.table;

import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionTime;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.partition.Periods;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The periods of a table's partitions as moments, from their keys and the keys' zone. */
public final class LocalPeriods {

    private final PartitionTime time;
    private final Periods periods;
    private final KeyZone zone;

    public LocalPeriods(List<PartitionKey> keys, KeyZone zone) {
        this.time = new PartitionTime(keys);
        this.periods = new Periods(keys);
        this.zone = zone;
    }

    /** When a partition's period has reached an age, as {@link KeyZone#due} says; empty if its values hold no time. */
    public Optional<Instant> due(PartitionValues values, Duration age) {
        return time.of(values)
                .map(first -> periods.length()
                        .map(known -> zone.due(first, known, age))
                        .orElseGet(() -> zone.due(first, age)));
    }
}
