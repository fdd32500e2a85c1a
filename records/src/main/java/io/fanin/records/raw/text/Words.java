package io.fanin.records.raw.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Examines several bytes of a text at once, as one little-endian number: the first byte is the lowest. Warren, Hacker's
 * Delight, chapter 6 (find first 0-byte) explains such tests of all bytes of a word.
 */
public final class Words {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGHEST = 0x8080_8080_8080_8080L;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;
    private static final long BLANKS = ' ' * ONES;

    /** The number of bytes after a text that must be in its array, so that it can be read by words to its end. */
    public static final int ROOM = 2 * Long.BYTES;

    private Words() {}

    public static long eight(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }

    static void put(byte[] bytes, int at, long word) {
        LONGS.set(bytes, at, word);
    }

    /**
     * The number of bytes before the first one that is not a plain character of a JSON string: a quote, a backslash, a
     * control character, or one beyond ASCII. 8 if all are plain.
     */
    public static int plain(long word) {
        return before(special(word));
    }

    /**
     * Like {@link #plain(long)}, with two more characters that are not plain, each repeated in all bytes of {@code one}
     * and {@code other}.
     */
    public static int plain(long word, long one, long other) {
        return before(special(word) | zeros(word ^ one) | zeros(word ^ other));
    }

    /** The word with only its first bytes, fewer than 8. */
    static long first(long word, int count) {
        return word & ~(-1L << (Byte.SIZE * count));
    }

    /** The number of bytes before the first backslash; 8 if there is none. */
    public static int beforeBackslash(long word) {
        return before(zeros(word ^ BACKSLASHES));
    }

    /** Marks special bytes. Short enough for the JVM's first compiler to inline. */
    private static long special(long word) {
        return zeros(word ^ QUOTES) | zeros(word ^ BACKSLASHES) | (word - BLANKS) | word;
    }

    /** The byte repeated in all places. */
    public static long all(byte b) {
        return b * ONES;
    }

    /**
     * The number of bytes before the first one whose highest bit is set, counted by adding one for each. The JVM's
     * first compiler, with which functions run, does not use the instruction that counts zeros.
     */
    private static int before(long marks) {
        long lowest = (marks & HIGHEST) >>> (Byte.SIZE - 1);
        return (int) ((((lowest - 1) & ~lowest & ONES) * ONES) >>> (Long.SIZE - Byte.SIZE));
    }

    /** A word with the highest bit set in the first byte that is zero, and in none before it. */
    private static long zeros(long word) {
        return (word - ONES) & ~word;
    }
}
