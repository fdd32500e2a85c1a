package io.fanin.records.compression;

import java.io.IOException;

/** Other bytes follow a part of a compressed object. */
public final class ForeignBytesException extends IOException {

    ForeignBytesException(String part) {
        super("other bytes after a " + part);
    }
}
