package io.fanin.core.catalog.partition;

import io.fanin.core.catalog.FailureKind;
import io.fanin.core.partition.PartitionValues;
import java.util.Set;

/** The outcome of registering one partition. */
public sealed interface RegistrationOutcome {

    PartitionValues values();

    /** Glue has the partition with the location that was meant: it was read back. */
    record Registered(PartitionValues values, Change change) implements RegistrationOutcome {}

    /**
     * The partition is not registered as intended.
     *
     * @param errorCode Glue's code, such as {@code InvalidInputException}, or one of {@link Refused}'s constants
     * @param message the problem, for people
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

        /** Whether Glue rejects the partition itself; otherwise a later attempt may succeed. */
        public boolean isOfPartition() {
            return OF_PARTITION.contains(errorCode) || FailureKind.ofCode(errorCode) == FailureKind.INVALID;
        }
    }

    /** The effect of registering on the catalog. */
    enum Change {
        CREATED,
        UPDATED,
        /** It was already registered as intended, perhaps by an earlier attempt whose response was lost. */
        UNCHANGED
    }
}
