package io.fanin.records.raw.text;

import java.io.ByteArrayOutputStream;

/** A stream of bytes that are looked at where they lie. */
public final class Bytes extends ByteArrayOutputStream {
    public byte[] bytes() {
        return buf;
    }
}
