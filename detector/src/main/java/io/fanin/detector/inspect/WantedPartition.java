package io.fanin.detector.inspect;

import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.inventory.InventorySum;
import io.fanin.model.run.Inventory;
import io.fanin.model.run.detection.Candidate;
import io.fanin.model.run.detection.Reason;
import io.fanin.model.table.S3Location;

/**
 * A partition that is to be processed when it is ready.
 *
 * @param known its content when it was registered, found empty or waived, if it is to be processed only after a change
 *     of its objects
 * @param location the location at which it is registered, if not all of its prefixes may have been seen
 */
public record WantedPartition(Candidate candidate, Known known, Location location) {

    /** A partition's earlier content, as far as it is known. */
    public sealed interface Known {

        /** Nothing to compare with. */
        record Nothing() implements Known {}

        /**
         * Its data objects.
         *
         * @param files their number; {@link Long#MAX_VALUE} if not known
         * @param isEmpty whether there were none, or none that counted as data
         */
        record Content(String hash, long files, boolean isEmpty) implements Known {}
    }

    public sealed interface Location {

        /** Not needed, or not known. */
        record Unknown() implements Location {}

        record At(String uri) implements Location {}

        /**
         * Outside of the table's folder: what lies there is the partition's as long as there is anything, and no event
         * tells of another place.
         *
         * @param compared whether what was seen is then compared with it
         */
        record Outside(S3Location folder, boolean compared) implements Location {}

        /**
         * Outside of the table's folder, where the stack may not look: it is left there, unless there is something
         * else.
         */
        record OutOfSight() implements Location {}
    }

    public static WantedPartition of(Candidate candidate) {
        return new WantedPartition(candidate, new Known.Nothing(), new Location.Unknown());
    }

    /** A partition without data when it was last processed. */
    public static WantedPartition ofEmpty(Candidate candidate) {
        return of(candidate).knownAs(new Known.Content(InventorySum.NOTHING, 0, true));
    }

    /** A partition with this content when it was waived. */
    public static WantedPartition changed(Candidate candidate, Inventory before) {
        return of(candidate).knownAs(new Known.Content(before.hash(), before.files(), before.files() == 0));
    }

    /** A registered partition. If another tool has registered it, there is nothing to compare with. */
    public static WantedPartition changed(Candidate candidate, RegisteredPartition registered) {
        return registered
                .inventoryHash()
                .map(hash -> of(candidate)
                        .knownAs(new Known.Content(
                                hash,
                                files(hash, registered),
                                hash.equals(InventorySum.NOTHING) || registered.holdsNoBytes())))
                .orElseGet(() -> of(candidate));
    }

    private static long files(String hash, RegisteredPartition registered) {
        return hash.equals(InventorySum.NOTHING) ? 0 : registered.files().orElse(Long.MAX_VALUE);
    }

    private WantedPartition knownAs(Known content) {
        return new WantedPartition(candidate, content, location);
    }

    public WantedPartition registeredAt(String uri) {
        return new WantedPartition(candidate, known, new Location.At(uri));
    }

    public WantedPartition registeredOutside(S3Location folder, boolean compared) {
        return new WantedPartition(candidate, known, new Location.Outside(folder, compared));
    }

    /** The same partition, to be processed whatever its content was, since nothing is left at its location. */
    WantedPartition comparedWithNothing() {
        return of(candidate);
    }

    /** The same partition, registered where the stack may not look. */
    WantedPartition registeredOutOfSight() {
        return new WantedPartition(candidate, known, new Location.OutOfSight());
    }

    /** The same partition, as if it were registered where it was seen. */
    WantedPartition registeredHere() {
        return new WantedPartition(candidate, known, new Location.Unknown());
    }

    /** Whether it is waived: any other partition that is tried again is compared with nothing. */
    boolean isWaived() {
        return candidate.reason() == Reason.RETRIED && isCompared();
    }

    /** Whether it has failed, and is tried again. */
    boolean isRetried() {
        return candidate.reason() == Reason.RETRIED && !isCompared();
    }

    boolean isNew() {
        return candidate.reason() == Reason.NEW;
    }

    /** Whether it is registered. */
    boolean isLate() {
        return candidate.reason() == Reason.LATE;
    }

    String prefix() {
        return candidate.partition().dataPrefix();
    }

    /** Whether it is registered at a place outside of the table's folder, at which there may be something. */
    boolean isOutside() {
        return location instanceof Location.Outside || location instanceof Location.OutOfSight;
    }

    /** The verdict if it is left as it is. */
    Verdict leftAsItIs() {
        return location instanceof Location.Outside ? new Verdict.StaysOutside() : new Verdict.Unchanged();
    }

    /** Whether there is something to compare with. */
    public boolean isCompared() {
        return known instanceof Known.Content;
    }

    /** Whether it was registered before it had data. */
    public boolean wasEmpty() {
        return known instanceof Known.Content content && content.isEmpty();
    }
}
