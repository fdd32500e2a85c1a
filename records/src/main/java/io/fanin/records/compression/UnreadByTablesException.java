package io.fanin.records.compression;

import java.io.IOException;

/** A compressed object is sound, and of a form that query engines do not decompress. */
public final class UnreadByTablesException extends IOException {

    /** @param message what it is like, and what to do */
    UnreadByTablesException(String message) {
        super(message);
    }
}
