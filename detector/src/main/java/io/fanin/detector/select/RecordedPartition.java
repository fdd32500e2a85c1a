package io.fanin.detector.select;

import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.RecordedWaiver;

/** A partition in the table's record at the run's reference time. */
sealed interface RecordedPartition {

    /** It failed, and this detection takes it up. */
    record Failed(OutstandingFailure failure) implements RecordedPartition {}

    record GivenUp(RecordedWaiver waived) implements RecordedPartition {}

    /** It had no data when it was last processed. */
    record Empty() implements RecordedPartition {}

    record Unrecorded() implements RecordedPartition {}

    /** Whether a registration makes this entry obsolete. */
    default boolean healedBy(RegisteredPartition registered) {
        return switch (this) {
            case Failed(OutstandingFailure failure) -> failure.healedBy(registered);
            case GivenUp(RecordedWaiver waived) -> waived.healedBy(registered);
            case Empty empty -> false;
            case Unrecorded unrecorded -> false;
        };
    }
}
