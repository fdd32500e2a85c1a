package io.fanin.core.inventory;

import io.fanin.core.run.Inventory;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a look at a partition's objects has shown.
 *
 * @param inventory of its data objects, the same that the processor would give; empty where there were more of them than
 *     the limit, and the look ended there
 * @param newest when anything in it was modified last, data or not; empty where nothing was seen
 * @param markerThere whether the marker that was asked for lies directly in the partition
 * @param nothingButMarkers whether there are objects, and all of them only stand for folders: then nobody has written
 *     anything yet, and there is no partition
 */
public record Inspection(
        Optional<Inventory> inventory, Optional<Instant> newest, boolean markerThere, boolean nothingButMarkers) {
    public Inspection {
        Objects.requireNonNull(inventory, "inventory");
    }
}
