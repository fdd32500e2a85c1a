package io.fanin.processor.validate;

import io.fanin.core.inventory.Emptiness;
import io.fanin.core.run.Inventory;
import io.fanin.records.objects.Defect;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/** What reading one partition showed. */
public sealed interface PartitionReport {
    /**
     * Every data object can be read.
     *
     * @param rows records in all of them; empty where they were not counted, or where readers count otherwise
     * @param parameters what else is to be said of the partition in the catalog, by name
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
     * @param what lies there instead
     * @param message for people: names the prefix and what lies there; without control characters
     */
    record Empty(Emptiness what, String message) implements PartitionReport {
        public Empty {
            Objects.requireNonNull(what, "what");
            Objects.requireNonNull(message, "message");
        }
    }

    /**
     * The first thing found that keeps the partition from being read.
     *
     * @param message for people: names the object, what was expected and what to do; without control characters
     * @param objectKey the unsound object's whole key; empty where the partition as a whole is meant
     */
    record Unsound(Defect defect, String message, String objectKey) implements PartitionReport {
        public Unsound {
            Objects.requireNonNull(defect, "defect");
            Objects.requireNonNull(objectKey, "objectKey");
            if (message.isBlank()) {
                throw new IllegalArgumentException("a report of " + defect + " needs a message");
            }
        }

        /** The defect's stable word, such as {@code Truncated}. */
        public String errorType() {
            return defect.errorType();
        }
    }
}
