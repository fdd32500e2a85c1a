package io.fanin.detector.select;

import io.fanin.model.run.detection.UnverifiedCount;
import java.time.LocalDateTime;
import java.util.Optional;

/** The last count of a table's unverified partitions, and so the part of the catalog that is counted now. */
sealed interface EarlierCount {

    /** There is none for the table as it is now: the whole catalog is counted. */
    record None() implements EarlierCount {}

    /** The whole catalog is counted again. */
    record Whole(UnverifiedCount last) implements EarlierCount {}

    /**
     * The catalog is counted from a time on; before it, the last count holds.
     *
     * @param boundary of the last count
     */
    record From(UnverifiedCount last, LocalDateTime boundary) implements EarlierCount {}

    /** The boundary of the last count; empty if it had none. */
    default Optional<LocalDateTime> lastBoundary() {
        return switch (this) {
            case None none -> Optional.empty();
            case Whole(UnverifiedCount last) -> last.boundary();
            case From(UnverifiedCount last, LocalDateTime boundary) -> Optional.of(boundary);
        };
    }
}
