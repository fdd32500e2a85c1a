package io.fanin.records.raw;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** JSON that is being written, in UTF-8. */
final class JsonText {

    private static final int KEPT = 1 << 20;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes;
    private int length;

    /** @param size in bytes that it has room for at first, 1 or more */
    JsonText(int size) {
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

    /** Writes a value that stands alone in another one, in quotes if it has none. */
    void quoted(JsonText value) {
        boolean plain = value.bytes[0] != '"';
        if (plain) {
            write('"');
        }
        write(value.bytes, 0, value.length);
        if (plain) {
            write('"');
        }
    }

    String text() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /** The byte written last, of which there is one. */
    int last() {
        return bytes[length - 1];
    }

    byte[] bytes() {
        return bytes;
    }

    /** Of the bytes, so many are written. */
    int length() {
        return length;
    }

    /** Begins anew. */
    void clear() {
        length = 0;
        if (bytes.length > KEPT) {
            bytes = new byte[KEPT];
        }
    }

    private void grow(int by) {
        bytes = Arrays.copyOf(
                bytes, Math.max(length + by, Math.toIntExact(Math.min(Integer.MAX_VALUE - 8L, 2L * length))));
    }
}
