package io.fanin.detector.events;

import io.fanin.model.partition.Partition;

/** The place of an object relative to a table. */
public sealed interface Place {

    /** In a partition, as its data or as the marker of its readiness. */
    record Inside(Partition partition) implements Place {}

    /** Below the table's location, but it is not a partition's data. */
    record Nowhere() implements Place {}

    /** Outside of the table's location. */
    record Elsewhere() implements Place {}
}
