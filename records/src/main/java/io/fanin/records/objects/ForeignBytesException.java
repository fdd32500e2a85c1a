package io.fanin.records.objects;

import java.io.IOException;

/** Other bytes follow a part of a compressed object. */
final class ForeignBytesException extends IOException {

    ForeignBytesException(String part) {
        super("other bytes after a " + part);
    }
}
