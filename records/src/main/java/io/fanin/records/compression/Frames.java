package io.fanin.records.compression;

import java.io.IOException;

/**
 * Follows the parts of a compressed stream byte by byte, without decompressing, so that it is known whether the stream
 * ends between two of them. They consist of numbers, little-endian, and of bytes that are passed over.
 */
abstract class Frames {

    private long number;
    private int digits;
    private long toSkip;
    private boolean foreign;

    /** One part, for a message: {@code frame}. */
    abstract String part();

    /** Whether a part may begin where the stream is, or a number of one is read. */
    abstract boolean isAtBeginning();

    /** The bytes of the number that is read now. */
    abstract int length();

    /** Whether a part, or what a stream consists of otherwise, may begin with these bytes of its number. */
    abstract boolean mayBegin(long number, int digits);

    /** The number is read. */
    abstract void end(long whole) throws IOException;

    /** These bytes are passed over before the next number. */
    final void skip(long bytes) {
        toSkip = bytes;
    }

    /** Whether a part has just ended, or nothing has begun. */
    final boolean isBetween() {
        return isAtBeginning() && digits == 0 && toSkip == 0;
    }

    /** Whether what follows a part, or comes first, is no part. */
    final boolean isForeign() {
        return foreign;
    }

    /** Follows more of the stream. */
    final void next(byte[] bytes, int from, int to) throws IOException {
        int at = from;
        while (at < to && !foreign) {
            if (toSkip > 0) {
                int skipped = (int) Math.min(toSkip, to - at);
                toSkip -= skipped;
                at += skipped;
            } else {
                number |= (bytes[at++] & 0xFFL) << (Byte.SIZE * digits++);
                if (isAtBeginning() && !mayBegin(number, digits)) {
                    foreign = true;
                } else if (digits == length()) {
                    long whole = number;
                    number = 0;
                    digits = 0;
                    end(whole);
                }
            }
        }
    }

    /** Whether a number may be this one, as far as its digits are known. */
    static boolean mayBe(long expected, long number, int digits) {
        return number == (expected & known(digits));
    }

    /** Whether a number may be that of a skippable frame: {@code 0x184D2A50} to {@code 0x184D2A5F}. */
    static boolean maySkip(long number, int digits) {
        return (number & ~0xFL) == (SKIPPABLE & known(digits));
    }

    static final int SKIPPABLE = 0x184D2A50;

    private static long known(int digits) {
        return -1L >>> (Long.SIZE - Byte.SIZE * digits);
    }
}
