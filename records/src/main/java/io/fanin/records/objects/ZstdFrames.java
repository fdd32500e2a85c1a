package io.fanin.records.objects;

/**
 * Follows the frames and blocks of a Zstandard stream (RFC 8878, section 3.1) byte by byte, without decompressing, so that it is
 * known whether the stream ends between two frames. {@code ZstdInputStream} takes the end for sound wherever a frame has ended in
 * the same buffer.
 */
final class ZstdFrames {

    private static final int MAGIC = 0xFD2FB528;
    private static final int SKIPPABLE = 0x184D2A50;
    private static final long SKIPPABLE_MASK = ~0xFL;

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
        BLOCK_HEADER,
        FOREIGN
    }

    private Part part = Part.MAGIC;
    private long number;
    private int digits;
    private long toSkip;
    private boolean checksum;

    /** Whether a frame has just ended, or nothing has begun. */
    boolean isBetween() {
        return part == Part.MAGIC && digits == 0 && toSkip == 0;
    }

    /** Follows more of the stream. */
    void next(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && part != Part.FOREIGN) {
            if (toSkip > 0) {
                int skipped = (int) Math.min(toSkip, to - at);
                toSkip -= skipped;
                at += skipped;
            } else {
                number |= (bytes[at++] & 0xFFL) << (Byte.SIZE * digits++);
                if (part == Part.MAGIC && !mayBeMagic()) {
                    part = Part.FOREIGN;
                } else if (digits == length()) {
                    long whole = number;
                    number = 0;
                    digits = 0;
                    end(whole);
                }
            }
        }
    }

    /** Whether what follows a frame, or comes first, is no frame. */
    boolean isForeign() {
        return part == Part.FOREIGN;
    }

    private boolean mayBeMagic() {
        long known = -1L >>> (Long.SIZE - Byte.SIZE * digits);
        return number == (MAGIC & known) || (number & SKIPPABLE_MASK) == (SKIPPABLE & known);
    }

    private int length() {
        return switch (part) {
            case MAGIC, SKIPPABLE_SIZE -> Integer.BYTES;
            case BLOCK_HEADER -> 3;
            case DESCRIPTOR, FOREIGN -> 1;
        };
    }

    private void end(long whole) {
        switch (part) {
            case MAGIC -> part = (int) whole == MAGIC ? Part.DESCRIPTOR : Part.SKIPPABLE_SIZE;
            case SKIPPABLE_SIZE -> skip(whole, Part.MAGIC);
            case DESCRIPTOR -> descriptor((int) whole);
            case BLOCK_HEADER -> block((int) whole);
            case FOREIGN -> {}
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
        toSkip = bytes;
        part = next;
    }
}
