package io.fanin.core.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.fanin.core.partition.Partition;
import java.util.Objects;
import java.util.OptionalLong;

/** What became of one partition of a batch. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
    @JsonSubTypes.Type(value = PartitionResult.Processed.class, name = "processed"),
    @JsonSubTypes.Type(value = PartitionResult.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = PartitionResult.Skipped.class, name = "skipped")
})
public sealed interface PartitionResult {

    Partition partition();

    /**
     * The partition is sound and may be registered.
     *
     * @param rows empty where they were not counted
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Processed(Partition partition, Inventory inventory, OptionalLong rows) implements PartitionResult {
        public Processed {
            Objects.requireNonNull(partition, "partition");
            Objects.requireNonNull(inventory, "inventory");
        }
    }

    /**
     * There is no partition: nobody has written anything there yet. It is not registered, and has not failed.
     *
     * @param why for people: names the prefix, says what was found
     */
    record Skipped(Partition partition, String why) implements PartitionResult {
        public Skipped {
            Objects.requireNonNull(partition, "partition");
            Objects.requireNonNull(why, "why");
        }
    }

    /** The partition may not be registered. */
    record Failed(Partition partition, Failure failure) implements PartitionResult {
        public Failed {
            Objects.requireNonNull(partition, "partition");
            Objects.requireNonNull(failure, "failure");
        }
    }
}
