package io.fanin.core.inventory;

import io.fanin.model.run.Inventory;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The result of listing a partition's objects, from which a detection decides whether it is ready, changed, empty or
 * gone.
 *
 * @param inventory of its data objects, as the processor would compute it; empty if they exceed the limit, at which the
 *     listing ended
 * @param newest when any object in it was last modified, data or not; empty if there is none
 * @param markerThere whether the requested marker lies directly in the partition
 * @param nothingButMarkers whether there are objects, and all of them are folder markers: then nothing has been written
 *     yet, and there is no partition
 */
public record Inspection(
        Optional<Inventory> inventory, Optional<Instant> newest, boolean markerThere, boolean nothingButMarkers) {
    public Inspection {
        Objects.requireNonNull(inventory, "inventory");
    }
}
