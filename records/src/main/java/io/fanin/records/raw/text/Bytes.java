package io.fanin.records.raw.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing sequence of bytes that can be read in place. */
public final class Bytes {

    private static final int FIRST_SIZE = 1 << 8;

    /** The maximum size of the memory that is reused. */
    private static final int KEPT = 1 << 20;

    private byte[] bytes = new byte[FIRST_SIZE];
    private int size;

    /**
     * The array with these bytes at its beginning, valid until one is added; at least 16 more bytes follow
     * {@link #size}.
     */
    public byte[] bytes() {
        return bytes;
    }

    public int size() {
        return size;
    }

    public void add(int b) {
        if (size + Words.ROOM >= bytes.length) {
            grow(1);
        }
        bytes[size++] = (byte) b;
    }

    /** Makes room for this many more bytes. */
    void reserve(int count) {
        if (size + count + Words.ROOM > bytes.length) {
            grow(count);
        }
    }

    /** Adds the first bytes of a word, for which {@link #reserve} has made room. */
    void add(long word, int count) {
        Words.put(bytes, size, word);
        size += count;
    }

    public void add(byte[] from, int begin, int end) {
        int count = end - begin;
        if (size + count + Words.ROOM > bytes.length) {
            grow(count);
        }
        System.arraycopy(from, begin, bytes, size, count);
        size += count;
    }

    /** Adds a text in UTF-8. */
    public void add(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        add(utf8, 0, utf8.length);
    }

    /** Removes all bytes; keeps the memory of no more than 1 MiB. */
    public void clear() {
        size = 0;
        if (bytes.length > KEPT) {
            bytes = new byte[FIRST_SIZE];
        }
    }

    private void grow(int count) {
        bytes = Arrays.copyOf(bytes, Math.addExact(Math.max(2 * bytes.length, size + count), Words.ROOM));
    }
}
