package io.fanin.records.avro;

import java.io.IOException;

/**
 * Bytes that violate Avro's specification. {@code message} continues a sentence that begins with the part of the file,
 * such as {@code the block at byte 16}.
 */
final class MalformedAvroException extends IOException {

    MalformedAvroException(String message) {
        super(message);
    }
}
