package io.fanin.core.catalog.partition;

import io.fanin.core.catalog.FailureKind;

/** Glue's answer for one partition in a batch that creates or updates. */
sealed interface WriteAnswer {

    record Accepted() implements WriteAnswer {}

    record Exists(Failure failure) implements WriteAnswer {}

    /** The partition may exist or not. */
    record Unknown(Failure failure) implements WriteAnswer {}

    /** The partition does not exist, and may be sent again. */
    record Again(Failure failure) implements WriteAnswer {}

    record Refused(Failure failure) implements WriteAnswer {}

    /** Glue's code and message. */
    record Failure(String code, String message) {}

    static WriteAnswer ofEntry(Failure failure) {
        return switch (FailureKind.ofCode(failure.code())) {
            case EXISTS -> new Exists(failure);
            case MISSING, RETRYABLE -> new Again(failure);
            case AMBIGUOUS -> new Unknown(failure);
            case INVALID, DENIED, LIMIT, OTHER -> new Refused(failure);
        };
    }
}
