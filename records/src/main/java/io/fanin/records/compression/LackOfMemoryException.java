package io.fanin.records.compression;

import io.fanin.model.failure.FailureCode;
import java.io.IOException;

/** A compressed object needs more memory than there is for it; it may be sound. */
public final class LackOfMemoryException extends IOException {

    private final FailureCode code;

    /** @param message what it needs, and what to do */
    LackOfMemoryException(FailureCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public FailureCode code() {
        return code;
    }
}
