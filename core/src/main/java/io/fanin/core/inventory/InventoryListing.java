package io.fanin.core.inventory;

import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.run.Inventory;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;

/** Sums up a partition's objects while they are listed, and decides when the listing may end. */
final class InventoryListing {

    private final String prefix;
    private final Marker marker;
    private final long limit;
    private final InventorySum sum;
    private boolean folderMarkersSeen;
    private boolean othersSeen;
    private boolean markerSeen;
    private Instant newest;

    /**
     * A listing without objects so far.
     *
     * @param limit in data objects; beyond it the listing ends
     */
    InventoryListing(String prefix, Marker marker, long limit) {
        if (limit < 0) {
            throw new IllegalArgumentException("a limit of " + limit + " files: expected 0 or more");
        }
        this.prefix = prefix;
        this.marker = marker;
        this.limit = limit;
        this.sum = new InventorySum(prefix);
    }

    String prefix() {
        return prefix;
    }

    /** Reads the partition's objects, as far as needed. */
    void at(Iterator<ObjectSummary> objects) {
        while (!isOver() && objects.hasNext()) {
            at(objects.next());
        }
    }

    private void at(ObjectSummary object) {
        if (newest == null || object.lastModified().isAfter(newest)) {
            newest = object.lastModified();
        }
        boolean folderMarker = DataObjects.isFolderMarker(object);
        folderMarkersSeen |= folderMarker;
        othersSeen |= !folderMarker;
        markerSeen |= isMarker(object);
        if (DataObjects.isData(prefix, object)) {
            sum.add(object);
        }
    }

    private boolean isMarker(ObjectSummary object) {
        return marker instanceof Marker.Named(String name) && object.key().equals(prefix + name);
    }

    private boolean isOver() {
        return sum.files() > limit;
    }

    /** Whether a marker may come after the last object that was read. */
    boolean mayMissMarker() {
        return isOver() && !markerSeen;
    }

    /** @param markerElsewhere whether the marker was found in another way */
    Inspection end(boolean markerElsewhere) {
        Optional<Inventory> inventory = isOver() ? Optional.empty() : Optional.of(sum.sum());
        return new Inspection(
                inventory,
                Optional.ofNullable(newest),
                markerSeen || markerElsewhere,
                folderMarkersSeen && !othersSeen);
    }
}
