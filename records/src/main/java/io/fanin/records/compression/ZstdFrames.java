package io.fanin.records.compression;

import java.io.IOException;

/**
 * The frames of a Zstandard stream (RFC 8878, section 3.1). {@code ZstdInputStream} accepts any end of the stream once
 * a frame has ended in the same buffer.
 *
 * @see <a href="https://github.com/airlift/aircompressor">aircompressor</a>, with which Trino reads tables, for the
 *     frames that it accepts
 */
final class ZstdFrames extends Frames {

    private static final int MAGIC = 0xFD2FB528;

    private static final int SINGLE_SEGMENT = 0x20;
    private static final int CHECKSUM = 0x04;
    private static final int RUN_LENGTH_BLOCK = 1;

    /** Trino's largest window, in bytes. */
    private static final long MAX_WINDOW = 8 << 20;

    private static final int[] DICTIONARY_BYTES = {0, 1, 2, 4};
    private static final int[] CONTENT_SIZE_BYTES = {0, 2, 4, 8};

    /** The part of a frame that is read next. */
    private enum Part {
        MAGIC,
        SKIPPABLE_SIZE,
        DESCRIPTOR,
        WINDOW,
        BLOCK_HEADER
    }

    private final boolean ofTables;
    private Part part = Part.MAGIC;
    private int descriptor;

    private ZstdFrames(boolean ofTables) {
        this.ofTables = ofTables;
    }

    static ZstdFrames ofAnyStream() {
        return new ZstdFrames(false);
    }

    /** Frames that also throw {@link UnreadByTablesException} for a frame that readers of tables do not decompress. */
    static ZstdFrames asTablesAreRead() {
        return new ZstdFrames(true);
    }

    @Override
    String part() {
        return "frame";
    }

    @Override
    boolean isAtBeginning() {
        return part == Part.MAGIC;
    }

    @Override
    boolean mayBegin(long number, int digits) {
        return mayBe(MAGIC, number, digits) || maySkip(number, digits);
    }

    @Override
    int length() {
        return switch (part) {
            case MAGIC, SKIPPABLE_SIZE -> Integer.BYTES;
            case BLOCK_HEADER -> 3;
            case DESCRIPTOR, WINDOW -> 1;
        };
    }

    @Override
    void end(long whole) throws IOException {
        switch (part) {
            case MAGIC -> begin((int) whole);
            case SKIPPABLE_SIZE -> skip(whole, Part.MAGIC);
            case DESCRIPTOR -> descriptor((int) whole);
            case WINDOW -> window((int) whole);
            case BLOCK_HEADER -> block((int) whole);
        }
    }

    private void begin(int magic) throws UnreadByTablesException {
        part = magic == MAGIC ? Part.DESCRIPTOR : Part.SKIPPABLE_SIZE;
        if (ofTables && part == Part.SKIPPABLE_SIZE) {
            throw new UnreadByTablesException("it has a skippable frame, as pzstd writes them: compress it by zstd");
        }
    }

    private void descriptor(int value) {
        descriptor = value;
        if (isSingleSegment()) {
            skip(restOfHeader(), Part.BLOCK_HEADER);
        } else {
            part = Part.WINDOW;
        }
    }

    /** Whether the frame is a single segment, which is decompressed at once. */
    private boolean isSingleSegment() {
        return (descriptor & SINGLE_SEGMENT) != 0;
    }

    /** The number of header bytes after the descriptor and the window's byte. */
    private int restOfHeader() {
        int contentSize = descriptor >> 6 == 0 && isSingleSegment() ? 1 : CONTENT_SIZE_BYTES[descriptor >> 6];
        return DICTIONARY_BYTES[descriptor & 3] + contentSize;
    }

    private void window(int value) throws UnreadByTablesException {
        long base = 1L << (10 + (value >> 3));
        if (ofTables && base + base / 8 * (value & 7) > MAX_WINDOW) {
            throw new UnreadByTablesException("its zstd window is larger than " + (MAX_WINDOW >> 20)
                    + " MiB: compress it without --long, and with level 19 at most");
        }
        skip(restOfHeader(), Part.BLOCK_HEADER);
    }

    private void block(int header) {
        boolean last = (header & 1) != 0;
        int type = header >> 1 & 3;
        int size = type == RUN_LENGTH_BLOCK ? 1 : header >> 3;
        boolean checksum = (descriptor & CHECKSUM) != 0;
        skip(size + (last && checksum ? Integer.BYTES : 0), last ? Part.MAGIC : Part.BLOCK_HEADER);
    }

    private void skip(long bytes, Part next) {
        skip(bytes);
        part = next;
    }
}
