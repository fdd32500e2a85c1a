package io.fanin.core.inventory;

import io.fanin.core.s3.PartitionListings;
import io.fanin.core.s3.S3Pages;
import io.fanin.model.table.S3Location;
import io.fanin.model.text.Utf8Order;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Inspects the current content of partitions, by listing only. A page of at most 1,000 objects is in memory at a time.
 * Thread-safe.
 */
public final class Inventories {
    private final S3Pages pages;

    public Inventories(S3Pages pages) {
        this.pages = Objects.requireNonNull(pages, "pages");
    }

    /**
     * Reads partitions, with one request for each 1,000 objects, data or not, or fewer: listings continue from one into
     * the next, as long as that is not more expensive than listing each. One page and the state of each partition are
     * in memory.
     *
     * <p>A partition's reading ends as soon as it has more data objects than its limit: one that was registered with
     * fewer has changed in any case. A marker that was not seen until then costs one more request.
     *
     * @param limits in data objects, 0 or more, by the partitions' prefixes
     * @throws io.fanin.core.s3.S3AccessException if access to a partition is refused
     */
    public Map<String, Inspection> inspect(String bucket, Map<String, Long> limits, Marker marker) {
        List<InventoryListing> listed = limits.keySet().stream()
                .sorted(Utf8Order.INSTANCE)
                .map(prefix -> new InventoryListing(prefix, marker, limits.get(prefix)))
                .toList();
        PartitionListings listings = new PartitionListings(pages, bucket, limits.keySet());
        listed.forEach(listing -> listing.at(listings.list(listing.prefix())));
        return listed.stream()
                .collect(Collectors.toMap(
                        InventoryListing::prefix, listing -> listing.end(isElsewhere(bucket, listing, marker))));
    }

    private boolean isElsewhere(String bucket, InventoryListing listing, Marker marker) {
        return marker instanceof Marker.Named(String name)
                && listing.mayMissMarker()
                && markerThere(new S3Location(bucket, listing.prefix()), name);
    }

    /**
     * Whether an object of exactly this name lies directly in the partition. Takes one request.
     *
     * @throws io.fanin.core.s3.S3AccessException if access to the partition is refused
     */
    public boolean markerThere(S3Location partition, String marker) {
        return pages.holds(partition, marker);
    }

    /** Whether any object lies below the prefix, except a marker of the folder itself. Takes one request. */
    public boolean holdsAnything(S3Location partition) {
        return pages.firstKeyAfter(partition, partition.prefix()).isPresent();
    }
}
