package io.fanin.core.inventory;

import io.fanin.core.run.Inventory;
import io.fanin.core.s3.S3Pages;
import io.fanin.core.table.S3Location;
import java.time.Instant;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;

/**
 * Looks at what partitions hold now, by listing alone. A page of at most 1,000 objects is in memory at a time.
 * Thread-safe.
 */
public final class Inventories {
    private final S3Pages pages;

    public Inventories(S3Pages pages) {
        this.pages = Objects.requireNonNull(pages, "pages");
    }

    /**
     * Reads the whole partition: a request for each 1,000 objects, data or not.
     *
     * @param marker the name of an object directly in the partition, such as {@code _SUCCESS}, that is looked out for
     * @throws io.fanin.core.s3.S3AccessException when S3 does not show the partition
     */
    public Inspection inspect(S3Location partition, Optional<String> marker) {
        return inspect(partition, marker, Long.MAX_VALUE);
    }

    /**
     * The same, but ends as soon as there are more data objects than {@code limit}: a partition that was registered with
     * fewer has changed, whatever else it holds. A marker that was not seen until then costs one more request.
     *
     * @param limit in data objects, 0 or more
     */
    public Inspection inspect(S3Location partition, Optional<String> marker, long limit) {
        if (limit < 0) {
            throw new IllegalArgumentException("a limit of " + limit + " files: expected 0 or more");
        }
        Look look = new Look(partition.prefix(), marker.map(name -> partition.prefix() + name));
        for (Iterator<ObjectSummary> objects = new ObjectListing(pages, partition); objects.hasNext(); ) {
            look.at(objects.next());
            if (look.sum.files() > limit) {
                boolean markerThere = look.markerSeen
                        || marker.filter(name -> markerThere(partition, name)).isPresent();
                return look.end(Optional.empty(), markerThere);
            }
        }
        return look.end(Optional.of(look.sum.sum()), look.markerSeen);
    }

    /**
     * Whether an object of exactly this name lies directly in the partition. One request, whatever else lies there.
     *
     * @throws io.fanin.core.s3.S3AccessException when S3 does not show the partition
     */
    public boolean markerThere(S3Location partition, String marker) {
        return pages.holds(partition, marker);
    }

    /** Whether any object lies below the prefix, but a marker of the folder itself. One request. */
    public boolean holdsAnything(S3Location partition) {
        return pages.firstKeyAfter(partition, partition.prefix()).isPresent();
    }

    private static final class Look {
        private final String prefix;
        private final Optional<String> marker;
        private final InventorySum sum;
        private boolean folderMarkersSeen;
        private boolean othersSeen;
        private boolean markerSeen;
        private Optional<Instant> newest = Optional.empty();

        Look(String prefix, Optional<String> marker) {
            this.prefix = prefix;
            this.marker = marker;
            this.sum = new InventorySum(prefix);
        }

        void at(ObjectSummary object) {
            Instant modified = object.lastModified();
            newest = Optional.of(newest.filter(modified::isBefore).orElse(modified));
            boolean folderMarker = DataObjects.isFolderMarker(object);
            folderMarkersSeen |= folderMarker;
            othersSeen |= !folderMarker;
            markerSeen |= marker.filter(object.key()::equals).isPresent();
            if (DataObjects.isData(prefix, object)) {
                sum.add(object);
            }
        }

        Inspection end(Optional<Inventory> inventory, boolean markerThere) {
            return new Inspection(inventory, newest, markerThere, folderMarkersSeen && !othersSeen);
        }
    }
}
