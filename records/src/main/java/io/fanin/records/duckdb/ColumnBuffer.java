package io.fanin.records.duckdb;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * One column's values of a {@link Chunk}, in the layout of a DuckDB vector: numbers little-endian and contiguous, texts
 * as {@code duckdb_string_t} of its C interface: 4 bytes of length, and up to 12 bytes of text inline. A longer text is
 * in the chunk's texts, and the last 8 bytes hold its offset there. A value that was not set is null.
 */
public final class ColumnBuffer {

    /** Maximum bytes of an inline text. */
    static final int INLINE = 12;

    static final int TEXT_WIDTH = 16;
    static final int TEXT_PLACE = 8;

    private static final int FIRST_LONG_TEXTS = 16;

    /** Masks for the lowest bytes of a long. */
    private static final long[] LOWEST = {
        0, 0xFF, 0xFFFF, 0xFF_FFFF, 0xFFFF_FFFFL, 0xFF_FFFF_FFFFL, 0xFFFF_FFFF_FFFFL, 0xFF_FFFF_FFFF_FFFFL, -1
    };

    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final VectorType type;
    private final int width;
    private final byte[] data;
    private final long[] valid;
    private final ChunkTexts texts;
    private int[] longTexts = new int[FIRST_LONG_TEXTS];
    private int longTextCount;

    ColumnBuffer(VectorType type, int rows, ChunkTexts texts) {
        this.type = type;
        this.width = type.width();
        this.data = new byte[width * rows];
        this.valid = new long[(rows + Long.SIZE - 1) / Long.SIZE];
        this.texts = texts;
    }

    public VectorType type() {
        return type;
    }

    /** Sets an integer, a timestamp, or a boolean (0 or 1), of the type's width; the caller has checked the range. */
    public void setNumber(int row, long value) {
        switch (width) {
            case Byte.BYTES -> data[row] = (byte) value;
            case Short.BYTES -> SHORTS.set(data, row * Short.BYTES, (short) value);
            case Integer.BYTES -> INTS.set(data, row * Integer.BYTES, (int) value);
            default -> LONGS.set(data, row * Long.BYTES, value);
        }
        setValid(row);
    }

    /** The unscaled value of a decimal with more than 18 digits, in two's complement. */
    public void setHuge(int row, long high, long low) {
        LONGS.set(data, row * TEXT_WIDTH, low);
        LONGS.set(data, row * TEXT_WIDTH + Long.BYTES, high);
        setValid(row);
    }

    /** A text of any length, in UTF-8. */
    public void setText(int row, byte[] from, int offset, int length) {
        if (length > INLINE) {
            setLongText(row, from, offset, length);
        } else if (from.length - offset >= TEXT_WIDTH) {
            setWords(row, (long) LONGS.get(from, offset), (long) LONGS.get(from, offset + Long.BYTES), length);
        } else {
            byte[] padded = new byte[TEXT_WIDTH];
            System.arraycopy(from, offset, padded, 0, length);
            setWords(row, (long) LONGS.get(padded, 0), (long) LONGS.get(padded, Long.BYTES), length);
        }
        setValid(row);
    }

    /** Sets a text that is inline. */
    private void setWords(int row, long begin, long end, int length) {
        long last = (begin >>> Integer.SIZE) | (end << Integer.SIZE);
        int at = row * TEXT_WIDTH;
        LONGS.set(data, at, length | ((begin & LOWEST[Math.min(length, Integer.BYTES)]) << Integer.SIZE));
        LONGS.set(data, at + TEXT_PLACE, last & LOWEST[Math.max(0, length - Integer.BYTES)]);
    }

    private void setLongText(int row, byte[] from, int offset, int length) {
        int at = row * TEXT_WIDTH;
        LONGS.set(data, at, (long) length);
        LONGS.set(data, at + TEXT_PLACE, (long) texts.add(from, offset, length));
        if (longTextCount == longTexts.length) {
            longTexts = Arrays.copyOf(longTexts, 2 * longTextCount);
        }
        longTexts[longTextCount++] = row;
    }

    public boolean isNull(int row) {
        return (valid[row / Long.SIZE] & (1L << row)) == 0;
    }

    /** Whether a row has a value that is not null. */
    public boolean hasValues() {
        for (long word : valid) {
            if (word != 0) {
                return true;
            }
        }
        return false;
    }

    private void setValid(int row) {
        valid[row / Long.SIZE] |= 1L << row;
    }

    /** Makes the last row's value null again. */
    void takeBack(int row) {
        valid[row / Long.SIZE] &= ~(1L << row);
        while (longTextCount > 0 && longTexts[longTextCount - 1] == row) {
            forget(row);
            longTextCount--;
        }
    }

    /** Makes all values null again. */
    void clear() {
        for (int i = 0; i < longTextCount; i++) {
            forget(longTexts[i]);
        }
        longTextCount = 0;
        Arrays.fill(valid, 0);
    }

    /** Clears the offset of a null value, which would look like that of a text. */
    private void forget(int row) {
        LONGS.set(data, row * TEXT_WIDTH, 0L);
        LONGS.set(data, row * TEXT_WIDTH + TEXT_PLACE, 0L);
    }

    int width() {
        return width;
    }

    byte[] data() {
        return data;
    }

    /** A validity bit for each row, the lowest first. */
    long[] valid() {
        return valid;
    }

    int longTextCount() {
        return longTextCount;
    }

    /** The row of a text that is not inline. */
    int longText(int index) {
        return longTexts[index];
    }

    /** The texts that are not inline, one after the other in the order of {@link #longText}. */
    byte[] longTexts() {
        int length = 0;
        for (int i = 0; i < longTextCount; i++) {
            length += textLength(longTexts[i]);
        }
        byte[] all = new byte[length];
        int to = 0;
        for (int i = 0; i < longTextCount; i++) {
            int row = longTexts[i];
            texts.copy(textPlace(row), all, to, textLength(row));
            to += textLength(row);
        }
        return all;
    }

    /** The bytes of a long text, with which it begins in a vector. */
    static int four(byte[] texts, int from) {
        return (int) INTS.get(texts, from);
    }

    int textLength(int row) {
        return (int) INTS.get(data, row * TEXT_WIDTH);
    }

    private int textPlace(int row) {
        return Math.toIntExact((long) LONGS.get(data, row * TEXT_WIDTH + TEXT_PLACE));
    }
}
