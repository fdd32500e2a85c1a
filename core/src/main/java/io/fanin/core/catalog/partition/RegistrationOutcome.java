package io.fanin.core.catalog.partition;

import io.fanin.model.failure.FailureCode;
import io.fanin.model.partition.PartitionValues;

/** The outcome of registering one partition. */
public sealed interface RegistrationOutcome {

    PartitionValues values();

    /** Glue has the partition with the intended location, or with later data: it was read back. */
    record Registered(PartitionValues values, Change change) implements RegistrationOutcome {}

    /**
     * Another tool has registered the partition at another location, and it is left as it is.
     *
     * @param location what readers read
     */
    record LeftToOthers(PartitionValues values, String location) implements RegistrationOutcome {}

    /**
     * The partition is not registered as intended.
     *
     * @param errorCode Glue's code, such as {@code InvalidInputException}, or the word of a {@link FailureCode}
     * @param message the problem, for people
     */
    record Refused(PartitionValues values, String errorCode, String message) implements RegistrationOutcome {

        Refused(PartitionValues values, FailureCode code, String message) {
            this(values, code.word(), message);
        }

        /** Whether Glue rejects the partition itself; otherwise a later attempt may succeed. */
        public boolean isOfPartition() {
            return FailureCode.find(errorCode).map(FailureCode::countsAsAttempt).orElse(false);
        }
    }

    /** The effect of registering on the catalog. */
    enum Change {
        CREATED,
        /** Another tool had registered it, and no run since: whether its data is other than before is not known. */
        ADOPTED,
        /** A run had registered it otherwise. */
        UPDATED,
        /** It was already registered as intended, perhaps by an earlier attempt whose response was lost. */
        UNCHANGED,
        /** It is registered with data that was read later, as by another run: that is kept. */
        KEPT
    }
}
