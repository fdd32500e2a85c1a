package io.fanin.core.catalog.partition;

import io.fanin.core.catalog.FailureKind;
import io.fanin.core.partition.PartitionValues;
import java.util.Set;

/** What became of one partition that was to be registered. */
public sealed interface RegistrationOutcome {

    PartitionValues values();

    /** Glue has the partition with the location that was meant: it was read back. */
    record Registered(PartitionValues values, Change change) implements RegistrationOutcome {}

    /**
     * The partition is not registered as it was meant.
     *
     * @param errorCode Glue's code, such as {@code InvalidInputException}, or one of {@link Refused}'s constants
     * @param message what was wrong, for a person to read
     */
    record Refused(PartitionValues values, String errorCode, String message) implements RegistrationOutcome {

        /**
         * Glue would not take the values, being empty, too long, or not one for each key; or no reader could read the
         * table with them, since a key's type cannot hold its value.
         */
        public static final String INVALID_VALUES = "InvalidPartitionValues";

        /** Glue would not take the location: empty or too long. */
        public static final String INVALID_LOCATION = "InvalidLocation";

        /** The same values were given before, with another location or other parameters. */
        public static final String DUPLICATE = "DuplicatePartition";

        /** Glue accepted the partition, but reading back did not find it as it was meant. */
        public static final String NOT_VERIFIED = "NotVerified";

        private static final Set<String> OF_PARTITION = Set.of(INVALID_VALUES, INVALID_LOCATION, DUPLICATE);

        /** Whether the partition itself is what Glue does not take; else Glue may take it another time. */
        public boolean isOfPartition() {
            return OF_PARTITION.contains(errorCode) || FailureKind.ofCode(errorCode) == FailureKind.INVALID;
        }
    }

    /** What registering changed in the catalog. */
    enum Change {
        CREATED,
        UPDATED,
        /** It was there already as it was meant, perhaps through an earlier attempt whose answer was lost. */
        UNCHANGED
    }
}
