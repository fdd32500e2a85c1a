package io.fanin.records.parquet;

import java.io.IOException;
import java.io.InputStream;

/**
 * Reads integers that are stored as differences, in blocks of miniblocks (parquet-format, "DELTA_BINARY_PACKED"). What
 * follows them may be read once all of them were read or skipped.
 */
final class DeltaReader {

    /** Differences in a block are a multiple of this. */
    private static final int BLOCK_UNIT = 128;

    /** Differences in a miniblock are a multiple of this. */
    private static final int MINIBLOCK_UNIT = 32;

    /** Maximum differences in a block; the writers that we know have at most 2,048. */
    private static final int MAX_BLOCK = 1 << 20;

    private final InputStream bytes;
    private final int perMiniblock;
    private final int[] widths;
    private final long count;

    private long value;
    private long smallest;
    private int miniblock;

    /** Bits of a difference in the miniblock. */
    private int width;

    /** Values that are not yet read. */
    private long left;

    /** Differences of the miniblock that are not yet read, those behind the last value among them. */
    private int inMiniblock;

    private int current;
    private int currentBits;

    /** Reads the header. */
    DeltaReader(InputStream bytes) throws IOException {
        this.bytes = bytes;
        long block = Varint.read(bytes);
        long miniblocks = Varint.read(bytes);
        if (block <= 0 || block > MAX_BLOCK || block % BLOCK_UNIT != 0) {
            throw new MalformedPageException("has blocks of %s differences: expected a multiple of %d, at most %d"
                    .formatted(Long.toUnsignedString(block), BLOCK_UNIT, MAX_BLOCK));
        }
        if (miniblocks <= 0 || block % miniblocks != 0 || block / miniblocks % MINIBLOCK_UNIT != 0) {
            throw new MalformedPageException(
                    "has blocks of %d differences in %s parts: expected parts of a multiple of %d"
                            .formatted(block, Long.toUnsignedString(miniblocks), MINIBLOCK_UNIT));
        }
        this.widths = new int[(int) miniblocks];
        this.perMiniblock = (int) (block / miniblocks);
        this.count = Varint.read(bytes);
        this.value = Varint.readSigned(bytes);
        this.left = count;
        this.miniblock = widths.length;
    }

    /** Its values, as its header says. */
    long count() {
        return count;
    }

    /** The next value. */
    long next() throws IOException {
        if (left < count) {
            if (inMiniblock == 0) {
                beginMiniblock();
            }
            value += smallest + unpack();
            inMiniblock--;
        }
        left--;
        if (left == 0) {
            bytes.skipNBytes((long) inMiniblock * width / Byte.SIZE);
        }
        return value;
    }

    /** Passes over all values, of which none was read. */
    void skip() throws IOException {
        for (long passed = 1; passed < count; passed += perMiniblock) {
            beginMiniblock();
            bytes.skipNBytes((long) perMiniblock * width / Byte.SIZE);
        }
    }

    private void beginMiniblock() throws IOException {
        miniblock++;
        if (miniblock >= widths.length) {
            smallest = Varint.readSigned(bytes);
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Varint.oneByte(bytes);
            }
            miniblock = 0;
        }
        width = widths[miniblock];
        if (width > Long.SIZE) {
            throw new MalformedPageException(
                    "has differences of %d bits: expected at most %d".formatted(width, Long.SIZE));
        }
        inMiniblock = perMiniblock;
        currentBits = 0;
    }

    private long unpack() throws IOException {
        long unpacked = 0;
        for (int done = 0; done < width; ) {
            if (currentBits == 0) {
                current = Varint.oneByte(bytes);
                currentBits = Byte.SIZE;
            }
            int take = Math.min(width - done, currentBits);
            unpacked |= (long) (current & ((1 << take) - 1)) << done;
            current >>>= take;
            currentBits -= take;
            done += take;
        }
        return unpacked;
    }
}
