package io.fanin.processor;

import io.fanin.core.failure.FailureCode;
import io.fanin.core.inventory.Emptiness;
import io.fanin.core.inventory.InventorySum;
import io.fanin.core.partition.Partition;
import io.fanin.core.run.Failure;
import io.fanin.core.run.PartitionResult;
import io.fanin.core.spec.DetectionSpec;
import io.fanin.core.spec.TableSpec;
import java.util.OptionalLong;

/** Decides about partitions without data objects, as the spec's {@code onEmpty} says. */
record EmptyPartition(TableSpec spec) {

    /** @param message names the prefix and what it holds */
    PartitionResult result(Partition partition, Emptiness what, String message) {
        // A calendar registers periods before they have data.
        if (spec.detectionOrDefault() instanceof DetectionSpec.Calendar) {
            return registered(partition);
        }
        return switch (what) {
            case NOTHING -> new PartitionResult.Skipped(partition, message, true);
            case FOLDER_MARKERS -> new PartitionResult.Skipped(partition, message);
            case IGNORED_NAMES ->
                switch (spec.onEmptyOrDefault()) {
                    case FAIL -> new PartitionResult.Failed(partition, new Failure(FailureCode.NO_OBJECTS, message));
                    case SKIP -> new PartitionResult.Skipped(partition, message);
                    case REGISTER -> registered(partition);
                };
        };
    }

    private static PartitionResult registered(Partition partition) {
        return new PartitionResult.Processed(
                partition, new InventorySum(partition.prefix()).sum(), OptionalLong.empty());
    }
}
