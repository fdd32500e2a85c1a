package io.fanin.core.inventory;

import io.fanin.model.run.Inventory;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The result of listing a partition's objects.
 *
 * @param inventory of its data objects, the same that the processor would compute; empty if they exceed the limit,
 *     at which the listing ended
 * @param newest when any object in it was last modified, data or not; empty if there is none
 * @param markerThere whether the marker that was asked for lies directly in the partition
 * @param nothingButMarkers whether there are objects, and all of them are folder markers: then nothing has been written
 *     yet, and there is no partition
 */
public record Inspection(
        Optional<Inventory> inventory, Optional<Instant> newest, boolean markerThere, boolean nothingButMarkers) {
    public Inspection {
        Objects.requireNonNull(inventory, "inventory");
    }
}
