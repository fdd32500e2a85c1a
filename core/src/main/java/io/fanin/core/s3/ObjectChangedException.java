package io.fanin.core.s3;

import java.io.IOException;

/** An object is not, or no longer, what it was expected to be when it was to be written: nothing was. */
public final class ObjectChangedException extends IOException {

    public ObjectChangedException(String message, Throwable cause) {
        super(message, cause);
    }
}
