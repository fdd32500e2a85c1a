package io.fanin.records.compression;

/**
 * The frames of an LZ4 stream (LZ4 Frame Format 1.6.4). {@code FramedLZ4CompressorInputStream} accepts an end of the
 * stream before the bytes of an uncompressed block.
 */
final class Lz4Frames extends Frames {

    private static final int MAGIC = 0x184D2204;

    private static final int DICTIONARY = 0x01;
    private static final int CONTENT_CHECKSUM = 0x04;
    private static final int CONTENT_SIZE = 0x08;
    private static final int BLOCK_CHECKSUM = 0x10;

    private static final long BLOCK_SIZE = 0x7FFFFFFFL;

    /** The part of a frame that is read next. */
    private enum Part {
        MAGIC,
        SKIPPABLE_SIZE,
        FLAGS,
        BLOCK_HEADER
    }

    private Part part = Part.MAGIC;
    private boolean contentChecksum;
    private boolean blockChecksum;

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
        return part == Part.FLAGS ? 1 : Integer.BYTES;
    }

    @Override
    void end(long whole) {
        switch (part) {
            case MAGIC -> part = (int) whole == MAGIC ? Part.FLAGS : Part.SKIPPABLE_SIZE;
            case SKIPPABLE_SIZE -> skip(whole, Part.MAGIC);
            case FLAGS -> flags((int) whole);
            case BLOCK_HEADER -> block(whole & BLOCK_SIZE);
        }
    }

    /** Reads the flags. The block descriptor and the header's checksum, one byte each, follow in any case. */
    private void flags(int flags) {
        contentChecksum = (flags & CONTENT_CHECKSUM) != 0;
        blockChecksum = (flags & BLOCK_CHECKSUM) != 0;
        int contentSize = (flags & CONTENT_SIZE) != 0 ? Long.BYTES : 0;
        int dictionary = (flags & DICTIONARY) != 0 ? Integer.BYTES : 0;
        skip(1 + contentSize + dictionary + 1, Part.BLOCK_HEADER);
    }

    private void block(long size) {
        if (size == 0) {
            skip(contentChecksum ? Integer.BYTES : 0, Part.MAGIC);
        } else {
            skip(size + (blockChecksum ? Integer.BYTES : 0), Part.BLOCK_HEADER);
        }
    }

    private void skip(long bytes, Part next) {
        skip(bytes);
        part = next;
    }
}
