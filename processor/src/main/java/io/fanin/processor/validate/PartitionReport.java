package io.fanin.processor.validate;

import io.fanin.core.inventory.Emptiness;
import io.fanin.model.run.Inventory;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/** The result of validating one partition without defects. */
public sealed interface PartitionReport {
    /**
     * Every data object can be read.
     *
     * @param rows records in all of them; absent if they were not counted, or query engines count differently
     * @param parameters further partition parameters for the catalog
     */
    record Sound(Inventory inventory, OptionalLong rows, Map<String, String> parameters) implements PartitionReport {
        public Sound {
            parameters = Map.copyOf(parameters);
            Objects.requireNonNull(inventory, "inventory");
            if (rows.orElse(0) < 0) {
                throw new IllegalArgumentException("rows " + rows + ": expected no negative number");
            }
        }
    }

    /**
     * There are no data objects.
     *
     * @param what the content of the prefix
     * @param message names the prefix and its content; without control characters
     */
    record Empty(Emptiness what, String message) implements PartitionReport {
        public Empty {
            Objects.requireNonNull(what, "what");
            Objects.requireNonNull(message, "message");
        }
    }
}
