package io.fanin.records.compression;

import java.io.IOException;

/**
 * Follows the parts of a compressed stream byte by byte, without decompressing, to know whether the stream ends between
 * two of them. Parts consist of little-endian numbers, and of bytes that are skipped.
 */
abstract class Frames {

    private long number;
    private int digits;
    private long toSkip;
    private boolean foreign;

    /** The name of a part in messages: {@code frame}. */
    abstract String part();

    /** Whether a part may begin here, or its first number is being read. */
    abstract boolean isAtBeginning();

    /** The length in bytes of the number that is being read. */
    abstract int length();

    /** Whether a part, or a skippable frame, may begin with these bytes of its first number. */
    abstract boolean mayBegin(long number, int digits);

    /** Called when a number is complete. */
    abstract void end(long whole) throws IOException;

    /** Skips this many bytes before the next number. */
    final void skip(long bytes) {
        toSkip = bytes;
    }

    /** Whether a part has just ended, or nothing has begun. */
    final boolean isBetween() {
        return isAtBeginning() && digits == 0 && toSkip == 0;
    }

    /** Whether the stream begins or continues with bytes that are not a part. */
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

    /** Whether a number may become this one, given its first digits. */
    static boolean mayBe(long expected, long number, int digits) {
        return number == (expected & known(digits));
    }

    /** Whether a number may become that of a skippable frame: {@code 0x184D2A50} to {@code 0x184D2A5F}. */
    static boolean maySkip(long number, int digits) {
        return (number & ~0xFL) == (SKIPPABLE & known(digits));
    }

    static final int SKIPPABLE = 0x184D2A50;

    private static long known(int digits) {
        return -1L >>> (Long.SIZE - Byte.SIZE * digits);
    }
}
