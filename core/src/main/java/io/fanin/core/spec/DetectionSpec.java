package io.fanin.core.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Optional;

/** How partitions are found. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "mode")
@JsonSubTypes({
    @JsonSubTypes.Type(value = DetectionSpec.Listing.class, name = "list"),
    @JsonSubTypes.Type(value = DetectionSpec.Range.class, name = "range"),
    @JsonSubTypes.Type(value = DetectionSpec.Explicit.class, name = "partitions")
})
public sealed interface DetectionSpec {

    /** The default. */
    DetectionSpec LIST = new Listing(Optional.empty());

    /** Whether a run looks at everything that the table has, so that it knows what is complete. */
    boolean seesWholeTable();

    /** Whether a partition that is registered has nothing left to be done. */
    boolean leavesOutRegistered();

    /** After how many failures a partition is set aside; empty for never. */
    Optional<Integer> maxAttempts();

    /** What S3 has and Glue has not. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Listing(Optional<Integer> maxAttempts) implements DetectionSpec {
        @Override
        public boolean seesWholeTable() {
            return true;
        }

        @Override
        public boolean leavesOutRegistered() {
            return true;
        }
    }

    /**
     * The same for the partitions whose period begins within two moments.
     *
     * @param from inclusive
     * @param to exclusive
     */
    record Range(LocalMoment from, LocalMoment to) implements DetectionSpec {
        @Override
        public Optional<Integer> maxAttempts() {
            return Optional.empty();
        }

        @Override
        public boolean seesWholeTable() {
            return false;
        }

        @Override
        public boolean leavesOutRegistered() {
            return true;
        }
    }

    /** Partitions that are named, registered or not. */
    record Explicit(List<NamedPartition> partitions) implements DetectionSpec {
        public Explicit {
            partitions = List.copyOf(partitions);
        }

        @Override
        public Optional<Integer> maxAttempts() {
            return Optional.empty();
        }

        @Override
        public boolean seesWholeTable() {
            return false;
        }

        @Override
        public boolean leavesOutRegistered() {
            return false;
        }
    }
}
