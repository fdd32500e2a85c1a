package io.fanin.records.objects;

/**
 * The frames of a Zstandard stream (RFC 8878, section 3.1). {@code ZstdInputStream} takes the end for sound wherever a
 * frame has ended in the same buffer.
 */
final class ZstdFrames extends Frames {

    private static final int MAGIC = 0xFD2FB528;

    private static final int SINGLE_SEGMENT = 0x20;
    private static final int CHECKSUM = 0x04;
    private static final int RUN_LENGTH_BLOCK = 1;

    private static final int[] DICTIONARY_BYTES = {0, 1, 2, 4};
    private static final int[] CONTENT_SIZE_BYTES = {0, 2, 4, 8};

    /** What is read next. */
    private enum Part {
        MAGIC,
        SKIPPABLE_SIZE,
        DESCRIPTOR,
        BLOCK_HEADER
    }

    private Part part = Part.MAGIC;
    private boolean checksum;

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
            case DESCRIPTOR -> 1;
        };
    }

    @Override
    void end(long whole) {
        switch (part) {
            case MAGIC -> part = (int) whole == MAGIC ? Part.DESCRIPTOR : Part.SKIPPABLE_SIZE;
            case SKIPPABLE_SIZE -> skip(whole, Part.MAGIC);
            case DESCRIPTOR -> descriptor((int) whole);
            case BLOCK_HEADER -> block((int) whole);
        }
    }

    private void descriptor(int descriptor) {
        boolean single = (descriptor & SINGLE_SEGMENT) != 0;
        checksum = (descriptor & CHECKSUM) != 0;
        int contentSize = descriptor >> 6 == 0 && single ? 1 : CONTENT_SIZE_BYTES[descriptor >> 6];
        skip((single ? 0 : 1) + DICTIONARY_BYTES[descriptor & 3] + contentSize, Part.BLOCK_HEADER);
    }

    private void block(int header) {
        boolean last = (header & 1) != 0;
        int type = header >> 1 & 3;
        int size = type == RUN_LENGTH_BLOCK ? 1 : header >> 3;
        skip(size + (last && checksum ? Integer.BYTES : 0), last ? Part.MAGIC : Part.BLOCK_HEADER);
    }

    private void skip(long bytes, Part next) {
        skip(bytes);
        part = next;
    }
}
