package io.fanin.core.s3;

import java.io.IOException;

/** An object was changed, created or deleted before a conditional write to it; nothing was written. */
public final class ObjectChangedException extends IOException {

    ObjectChangedException(String message, Throwable cause) {
        super(message, cause);
    }
}
