package io.fanin.records.raw.plain;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks at several bytes of a text at once, as one little-endian number: the byte that comes first is the lowest. How such
 * tests of all bytes of a word work is in Warren, Hacker's Delight, chapter 6 (find first 0-byte).
 */
public final class Words {

    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGHEST = 0x8080_8080_8080_8080L;
    private static final long ZEROS = '0' * ONES;

    /** Makes the highest bit of a byte that is above 9 and below 128. */
    private static final long ABOVE_NINE = (0x80 - 10) * ONES;

    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;
    private static final long BLANKS = ' ' * ONES;

    private Words() {}

    static short two(byte[] bytes, int at) {
        return (short) SHORTS.get(bytes, at);
    }

    public static int four(byte[] bytes, int at) {
        return (int) INTS.get(bytes, at);
    }

    public static long eight(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }

    /** How many of the bytes are digits before the first one that is none; 8 where all are. */
    public static int digits(long word) {
        long digits = word ^ ZEROS;
        return before((digits + ABOVE_NINE) | digits);
    }

    /** The number that the first 1 to 8 digits make: they are added up by pairs, pairs of pairs, and so on. */
    public static int number(long word, int count) {
        long digits = (word ^ ZEROS) << (Long.SIZE - Byte.SIZE * count);
        long pairs = 10 * digits + (digits >>> 8);
        long lower = (pairs & 0x0000_00FF_0000_00FFL) * (100 + (1_000_000L << 32));
        long upper = ((pairs >>> 16) & 0x0000_00FF_0000_00FFL) * (1 + (10_000L << 32));
        return (int) ((lower + upper) >>> 32);
    }

    /**
     * How many of the bytes come before the first one that is not a plain character of a JSON string: a quote, a backslash, a
     * control character, or one beyond ASCII. 8 where all are plain.
     */
    public static int plain(long word) {
        return before(special(word));
    }

    /** The same, where one more character is not plain: all bytes of {@code other} are it. */
    public static int plain(long word, long other) {
        return before(special(word) | zeros(word ^ other));
    }

    private static long special(long word) {
        return zeros(word ^ QUOTES) | zeros(word ^ BACKSLASHES) | ((word - BLANKS) & ~word) | word;
    }

    /** This byte in all places. */
    public static long all(byte b) {
        return b * ONES;
    }

    /**
     * How many bytes come before the first one whose highest bit is set: each of them adds one. The JVM's first compiler, with
     * which functions run, knows no instruction that counts zeros.
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
