package io.fanin.model.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import java.time.Instant;
import java.util.Optional;

/**
 * A user's decision to waive a partition.
 *
 * @param reason in the user's words
 * @param by the user
 * @param at when it was waived
 * @param until from when on the partition counts again; empty for never
 * @param inventory of its data when it was waived
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Waiver(
        Partition partition, String reason, String by, Instant at, Optional<Instant> until, Inventory inventory) {

    public PartitionValues values() {
        return partition.values();
    }

    /** Whether it no longer holds. */
    public boolean isOverAt(Instant time) {
        return until.filter(end -> !time.isBefore(end)).isPresent();
    }

    /** Whether another one makes the same statement about the same data. */
    public boolean agreesWith(Waiver other) {
        return reason.equals(other.reason)
                && by.equals(other.by)
                && until.equals(other.until)
                && inventory.hash().equals(other.inventory.hash());
    }
}
