package io.fanin.records.raw.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks at several bytes of a text at once, as one little-endian number: the byte that comes first is the lowest. How
 * such tests of all bytes of a word work is in Warren, Hacker's Delight, chapter 6 (find first 0-byte).
 */
public final class Words {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGHEST = 0x8080_8080_8080_8080L;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;
    private static final long BLANKS = ' ' * ONES;

    /** Bytes behind a text that are in its array, so that it can be looked at by words to its end. */
    public static final int ROOM = 2 * Long.BYTES;

    private Words() {}

    public static long eight(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }

    static void put(byte[] bytes, int at, long word) {
        LONGS.set(bytes, at, word);
    }

    /**
     * How many of the bytes come before the first one that is not a plain character of a JSON string: a quote, a
     * backslash, a control character, or one beyond ASCII. 8 where all are plain.
     */
    public static int plain(long word) {
        return before(special(word));
    }

    /** The same, where two more characters are not plain: all bytes of {@code one} and of {@code other} are they. */
    public static int plain(long word, long one, long other) {
        return before(special(word) | zeros(word ^ one) | zeros(word ^ other));
    }

    /** The word with its first bytes only, of which there are fewer than 8. */
    static long first(long word, int count) {
        return word & ~(-1L << (Byte.SIZE * count));
    }

    /** How many of the bytes come before the first backslash; 8 where none is. */
    public static int beforeBackslash(long word) {
        return before(zeros(word ^ BACKSLASHES));
    }

    /** Short enough for the JVM's first compiler to put it into the loops that look for it. */
    private static long special(long word) {
        return zeros(word ^ QUOTES) | zeros(word ^ BACKSLASHES) | (word - BLANKS) | word;
    }

    /** This byte in all places. */
    public static long all(byte b) {
        return b * ONES;
    }

    /**
     * How many bytes come before the first one whose highest bit is set: each of them adds one. The JVM's first
     * compiler, with which functions run, knows no instruction that counts zeros.
     */
    private static int before(long marks) {
        long lowest = (marks & HIGHEST) >>> (Byte.SIZE - 1);
        return (int) ((((lowest - 1) & ~lowest & ONES) * ONES) >>> (Long.SIZE - Byte.SIZE));
    }

    /** Has the highest bit of the first byte that is zero, and none of those before. */
    private static long zeros(long word) {
        return (word - ONES) & ~word;
    }
}
