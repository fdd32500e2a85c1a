package io.fanin.records.parquet;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Reads levels, which are stored as runs of one level and as groups of eight packed ones (parquet-format, "RLE"). */
final class LevelReader {

    private static final int GROUP = 8;

    /** Maximum of packed groups in a run: DuckDB counts their levels in 32 bits. */
    private static final int MAX_GROUPS = 1 << 28;

    private final InputStream bytes;
    private final int maximum;
    private final int width;

    /** Levels of this run that are not yet read. */
    private long left;

    private boolean packed;
    private int level;
    private int bits;
    private int bitCount;

    /** @param maximum level, whose bits each level takes */
    LevelReader(InputStream bytes, int maximum) {
        this.bytes = bytes;
        this.maximum = maximum;
        this.width = Integer.SIZE - Integer.numberOfLeadingZeros(maximum);
    }

    /** The levels of a field that has only one. */
    static LevelReader zeros() {
        LevelReader zeros = new LevelReader(InputStream.nullInputStream(), 0);
        zeros.left = Long.MAX_VALUE;
        return zeros;
    }

    /**
     * The next level.
     *
     * @throws MalformedPageException if it is above the maximum
     * @throws EOFException if there is none
     */
    int next() throws IOException {
        while (left == 0) {
            begin();
        }
        left--;
        int next = packed ? unpack() : level;
        if (next > maximum) {
            throw new MalformedPageException("has a level of %d: expected at most %d".formatted(next, maximum));
        }
        return next;
    }

    private void begin() throws IOException {
        long header = Varint.read(bytes);
        packed = (header & 1) != 0;
        left = header >>> 1;
        if (header < 0 || header > Integer.MAX_VALUE || (packed && left > MAX_GROUPS)) {
            throw new MalformedPageException("has a run of levels that is too long");
        }
        if (packed) {
            left *= GROUP;
            bitCount = 0;
            bits = 0;
        } else {
            level = Varint.oneByte(bytes);
        }
    }

    private int unpack() throws IOException {
        if (bitCount < width) {
            bits |= Varint.oneByte(bytes) << bitCount;
            bitCount += Byte.SIZE;
        }
        int value = bits & ((1 << width) - 1);
        bits >>>= width;
        bitCount -= width;
        return value;
    }
}
