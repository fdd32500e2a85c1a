package io.fanin.detector.events;

import io.fanin.model.partition.Partition;

/** Where an object lies, as a table sees it. */
public sealed interface Place {

    /** In a partition, of which it is data, or the marker that says that it is ready. */
    record Inside(Partition partition) implements Place {}

    /** Below the table's location, but it is not a partition's data. */
    record Nowhere() implements Place {}

    /** Outside of the table's location. */
    record Elsewhere() implements Place {}
}
