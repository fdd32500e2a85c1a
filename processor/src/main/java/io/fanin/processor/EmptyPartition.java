package io.fanin.processor;

import io.fanin.core.inventory.Emptiness;
import io.fanin.core.inventory.InventorySum;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.Failure;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.spec.DetectionSpec;
import io.fanin.model.spec.TableSpec;
import java.util.OptionalLong;

/** Determines the result of partitions without data objects, by the spec's {@code onEmpty}. */
record EmptyPartition(TableSpec spec) {

    /** @param message names the prefix and its content */
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
