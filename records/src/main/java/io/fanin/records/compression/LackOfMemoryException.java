package io.fanin.records.compression;

import io.fanin.model.failure.FailureCode;
import java.io.IOException;

/** A compressed object needs more memory than is available; it may be valid. */
public final class LackOfMemoryException extends IOException {

    private final FailureCode code;

    /** @param message the memory that it needs, and the remedy */
    LackOfMemoryException(FailureCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public FailureCode code() {
        return code;
    }
}
