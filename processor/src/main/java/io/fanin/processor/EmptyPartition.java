package io.fanin.processor;

import io.fanin.core.inventory.Emptiness;
import io.fanin.core.inventory.InventorySum;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.Failure;
import io.fanin.model.run.Inventory;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.detection.DetectionSpec;
import java.util.OptionalLong;

/** Determines the result of partitions without data objects, by the spec's {@code onEmpty}. */
record EmptyPartition(ResolvedSpec spec) {

    /**
     * The result of a partition without data objects.
     *
     * @param message names the prefix and its content
     */
    PartitionResult result(Partition partition, Emptiness what, String message) {
        return result(partition, what, new InventorySum(partition.prefix()).sum(), message);
    }

    /**
     * The result of a partition without rows, with or without data objects.
     *
     * @param inventory of its data objects
     * @param message names the prefix and its content
     */
    PartitionResult result(Partition partition, Emptiness what, Inventory inventory, String message) {
        // A calendar registers periods before they have data.
        if (spec.detection() instanceof DetectionSpec.Calendar) {
            return registered(partition, inventory);
        }
        return switch (what) {
            case NOTHING -> new PartitionResult.Skipped(partition, message, true);
            case FOLDER_MARKERS -> PartitionResult.Skipped.notBegun(partition, message);
            case IGNORED_NAMES, NO_BYTES ->
                switch (spec.onEmpty()) {
                    case FAIL -> new PartitionResult.Failed(partition, new Failure(FailureCode.NO_OBJECTS, message));
                    case SKIP -> new PartitionResult.Skipped(partition, message);
                    case REGISTER -> registered(partition, inventory);
                };
        };
    }

    private static PartitionResult registered(Partition partition, Inventory inventory) {
        return new PartitionResult.Processed(partition, inventory, OptionalLong.empty());
    }
}
