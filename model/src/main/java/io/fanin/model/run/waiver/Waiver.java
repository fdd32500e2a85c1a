package io.fanin.model.run.waiver;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.Inventory;
import java.time.Instant;
import java.util.Optional;

/**
 * A user's decision to waive a partition: it neither counts as outstanding nor is processed until the waiver ends, its
 * data changes, or a run names it.
 *
 * @param reason in the user's words
 * @param by the user
 * @param at when it was waived
 * @param until when the waiver ends; empty for never
 * @param inventory of its data when it was waived
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Waiver(
        Partition partition, String reason, String by, Instant at, Optional<Instant> until, Inventory inventory) {

    public PartitionValues values() {
        return partition.values();
    }

    /** Whether the waiver has ended. */
    public boolean isOverAt(Instant time) {
        return until.filter(end -> !time.isBefore(end)).isPresent();
    }

    /** Whether another waiver has the same author, reason and end, for the same data. */
    public boolean agreesWith(Waiver other) {
        return reason.equals(other.reason)
                && by.equals(other.by)
                && until.equals(other.until)
                && inventory.hash().equals(other.inventory.hash());
    }
}
