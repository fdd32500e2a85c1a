package io.fanin.records.parquet;

import java.io.IOException;

/** The content of a page contradicts its header or the format; {@code message} follows the name of the page. */
final class MalformedPageException extends IOException {

    MalformedPageException(String message) {
        super(message);
    }
}
