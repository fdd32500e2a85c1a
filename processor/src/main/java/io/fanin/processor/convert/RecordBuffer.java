package io.fanin.processor.convert;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Records on their way into a file of JSON lines. One that turns out bad while it is written is taken back; only whole
 * records reach the file.
 */
final class RecordBuffer {

    /** Bytes that are gathered before they are written. */
    private static final int FLUSH = 1 << 20;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes;
    private int length;
    private int begin;

    RecordBuffer() {
        this(FLUSH + (FLUSH >> 2));
    }

    /** @param size in bytes that it has room for at first, 1 or more */
    RecordBuffer(int size) {
        bytes = new byte[size];
    }

    void write(int b) {
        if (length == bytes.length) {
            grow(1);
        }
        bytes[length++] = (byte) b;
    }

    void write(byte[] from, int offset, int count) {
        if (count > bytes.length - length) {
            grow(count);
        }
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
    }

    void write(byte[] all) {
        write(all, 0, all.length);
    }

    void ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            write(text.charAt(i));
        }
    }

    /** Writes UTF-8 text as a JSON string. */
    void string(byte[] from, int offset, int count) {
        write('"');
        for (int i = offset; i < offset + count; i++) {
            byte b = from[i];
            if (b == '"' || b == '\\') {
                write('\\');
                write(b);
            } else if (b >= 0 && b < ' ') {
                ascii("\\u00");
                write(HEX[b >> 4]);
                write(HEX[b & 0xF]);
            } else {
                write(b);
            }
        }
        write('"');
    }

    /** Writes a value that stands alone in another buffer, in quotes if it has none. */
    void quoted(RecordBuffer value) {
        boolean plain = value.bytes[0] != '"';
        if (plain) {
            write('"');
        }
        write(value.bytes, 0, value.length);
        if (plain) {
            write('"');
        }
    }

    /** The record that is being written, as text. */
    String text() {
        return new String(bytes, begin, length - begin, StandardCharsets.UTF_8);
    }

    /** The length in bytes of the record that is being written. */
    int recordLength() {
        return length - begin;
    }

    void takeBack() {
        length = begin;
    }

    /** Ends the record. */
    void endRecord() {
        write('\n');
        begin = length;
    }

    /** Whether it is time to hand records on. */
    boolean isFull() {
        return length >= FLUSH;
    }

    /** Hands all whole records on; says how many bytes they have. */
    int flush(OutputStream out) throws IOException {
        int count = begin;
        out.write(bytes, 0, count);
        length -= count;
        System.arraycopy(bytes, count, bytes, 0, length);
        begin = 0;
        return count;
    }

    private void grow(int by) {
        bytes = Arrays.copyOf(
                bytes, Math.max(length + by, Math.toIntExact(Math.min(Integer.MAX_VALUE - 8L, 2L * length))));
    }
}
