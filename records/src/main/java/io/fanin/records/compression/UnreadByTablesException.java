package io.fanin.records.compression;

import java.io.IOException;

/** A compressed object is valid, but in a form that query engines do not decompress. */
public final class UnreadByTablesException extends IOException {

    /** @param message the form, and the remedy */
    UnreadByTablesException(String message) {
        super(message);
    }
}
