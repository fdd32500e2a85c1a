package io.fanin.core.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.WaivedPartition;
import io.fanin.model.run.waiver.Waiver;
import java.util.List;
import java.util.Optional;

/**
 * A waived partition: it is not outstanding, and no run processes it unless it is named, its data changes, or the
 * waiver ends. It never counts as registered.
 *
 * @param failure the failure that is outstanding again once the waiver ends; empty if there was no data
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record RecordedWaiver(@JsonUnwrapped Waiver waiver, Optional<OutstandingFailure> failure) {

    public PartitionValues values() {
        return waiver.values();
    }

    /** Whether the partition is registered, and was not registered in this way already when it failed. */
    public boolean healedBy(RegisteredPartition now) {
        return failure.map(before -> before.healedBy(now)).orElse(true);
    }

    /** The waived partition with its name, for people. */
    public WaivedPartition named(List<PartitionKey> keys) {
        return new WaivedPartition(
                values().nameFor(keys), values().values(), waiver.reason(), waiver.by(), waiver.at(), waiver.until());
    }
}
