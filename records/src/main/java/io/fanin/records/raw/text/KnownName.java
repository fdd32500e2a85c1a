package io.fanin.records.raw.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A field's name as a record writes it, in quotes and with its colon, which is compared 8 bytes at a time. */
public final class KnownName {

    /** The maximum length of a name that is compared. */
    private static final int LONGEST = 256;

    /** Bytes of the quotes and the colon. */
    private static final int AROUND = 3;

    private static final int NOT_THERE = -1;

    private static final KnownName NONE = new KnownName(new byte[0]);

    private final byte[] text;
    private final long[] words;
    private final long last;
    private final long mask;

    /** @param text an empty array if there is nothing to compare */
    private KnownName(byte[] text) {
        int whole = Math.max(0, text.length - 1) / Long.BYTES;
        byte[] padded = Arrays.copyOf(text, (whole + 1) * Long.BYTES);
        this.text = text;
        this.words = new long[whole];
        for (int i = 0; i < whole; i++) {
            words[i] = Words.eight(padded, i * Long.BYTES);
        }
        this.last = Words.eight(padded, whole * Long.BYTES);
        this.mask = -1L >>> Byte.SIZE * (padded.length - text.length) % Long.SIZE;
    }

    /** The name in its usual notation. */
    public static KnownName of(String name) {
        byte[] text = ("\"" + name + "\":").getBytes(StandardCharsets.UTF_8);
        return read(text, 0, text.length);
    }

    /** The name as it stands there, if it is plain and directly followed by the colon. */
    static KnownName read(byte[] bytes, int from, int to) {
        boolean plain = to - from >= AROUND && to - from <= LONGEST && bytes[to - 1] == ':' && bytes[to - 2] == '"';
        for (int i = from + 1; i < to - 2; i++) {
            byte b = bytes[i];
            plain &= (b < 0 || b >= ' ') && b != '"' && b != '\\';
        }
        return plain ? new KnownName(Arrays.copyOfRange(bytes, from, to)) : NONE;
    }

    /** Whether exactly this name comes next. */
    boolean isAt(byte[] bytes, int from, int to) {
        return Arrays.equals(text, 0, text.length, bytes, from, to);
    }

    /**
     * The index after the name, if it begins at this index; otherwise {@value #NOT_THERE}.
     *
     * @param end before which the name must end, with at least 7 more bytes in the array
     */
    public int behind(byte[] bytes, int at, int end) {
        int behind = at + text.length;
        if (behind >= end || behind == at) {
            return NOT_THERE;
        }
        int i = at;
        for (long word : words) {
            if (Words.eight(bytes, i) != word) {
                return NOT_THERE;
            }
            i += Long.BYTES;
        }
        return ((Words.eight(bytes, i) ^ last) & mask) == 0 ? behind : NOT_THERE;
    }
}
