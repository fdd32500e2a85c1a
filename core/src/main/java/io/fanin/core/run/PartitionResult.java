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
    @JsonSubTypes.Type(value = PartitionResult.Failed.class, name = "failed")
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

    /** The partition may not be registered. */
    record Failed(Partition partition, Failure failure) implements PartitionResult {
        public Failed {
            Objects.requireNonNull(partition, "partition");
            Objects.requireNonNull(failure, "failure");
        }
    }
}
