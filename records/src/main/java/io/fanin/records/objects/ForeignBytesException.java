package io.fanin.records.objects;

import java.io.IOException;

/** Other bytes follow a part of a compressed object. */
final class ForeignBytesException extends IOException {
    private static final long serialVersionUID = 1;

    ForeignBytesException(String part) {
        super("other bytes after a " + part);
    }
}
