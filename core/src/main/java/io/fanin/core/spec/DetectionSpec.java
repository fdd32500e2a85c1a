package io.fanin.core.spec;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Optional;

/** How partitions are found. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "mode")
@JsonSubTypes({
    @JsonSubTypes.Type(value = DetectionSpec.Listing.class, name = "list"),
    @JsonSubTypes.Type(value = DetectionSpec.Range.class, name = "range"),
    @JsonSubTypes.Type(value = DetectionSpec.Explicit.class, name = "partitions"),
    @JsonSubTypes.Type(value = DetectionSpec.Queue.class, name = "queue")
})
public sealed interface DetectionSpec {

    /** The default. */
    DetectionSpec LIST = new Listing();

    /** Whether a run looks at everything that the table has, so that it knows what is complete. */
    boolean seesWholeTable();

    /** Whether a partition that is registered has nothing left to be done. */
    boolean leavesOutRegistered();

    /** What S3 has and Glue has not. */
    record Listing() implements DetectionSpec {
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
        public boolean seesWholeTable() {
            return false;
        }

        @Override
        public boolean leavesOutRegistered() {
            return false;
        }
    }

    /**
     * The partitions of the objects that S3's event notifications name.
     *
     * @param queueUrl of the SQS queue in which they lie
     * @param maxMessages how many a run takes at most
     */
    record Queue(String queueUrl, Optional<Integer> maxMessages) implements DetectionSpec {

        private static final int DEFAULT_MAX_MESSAGES = 10_000;

        public int maxMessagesOrDefault() {
            return maxMessages.orElse(DEFAULT_MAX_MESSAGES);
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
}
