package io.fanin.records.duckdb;

import java.util.Arrays;

/** The long texts of a chunk, in UTF-8, one after the other. */
final class ChunkTexts {

    private static final int FIRST_SIZE = 1 << 10;

    private byte[] bytes = new byte[FIRST_SIZE];
    private int length;

    /** Adds a text, and returns its offset. */
    int add(byte[] from, int offset, int count) {
        if (count > bytes.length - length) {
            long twice = Math.min(Integer.MAX_VALUE - 8L, 2L * bytes.length);
            bytes = Arrays.copyOf(bytes, Math.toIntExact(Math.max(twice, (long) length + count)));
        }
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
        return length - count;
    }

    int length() {
        return length;
    }

    /** Removes everything from this offset on. */
    void cut(int to) {
        length = to;
    }

    /** Removes everything, and keeps at most this number of bytes of memory. */
    void clear(int most) {
        length = 0;
        if (bytes.length > most) {
            bytes = new byte[FIRST_SIZE];
        }
    }

    void copy(int offset, byte[] to, int at, int count) {
        System.arraycopy(bytes, offset, to, at, count);
    }
}
