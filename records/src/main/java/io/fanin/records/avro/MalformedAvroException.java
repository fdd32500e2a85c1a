package io.fanin.records.avro;

import java.io.IOException;

/** Bytes are not what Avro's specification says; {@code message} follows the name of what holds them. */
final class MalformedAvroException extends IOException {

    MalformedAvroException(String message) {
        super(message);
    }
}
