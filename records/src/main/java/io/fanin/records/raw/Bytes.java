package io.fanin.records.raw;

import java.io.ByteArrayOutputStream;

/** A stream of bytes that are looked at where they lie. */
final class Bytes extends ByteArrayOutputStream {
    byte[] bytes() {
        return buf;
    }
}
