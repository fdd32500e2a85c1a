package io.fanin.records.raw.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The names that fields have had in records, each as it was written last, and where one of them is likely to be meant.
 * A guess by a name's first 16 bytes, which costs one look at most; {@link KnownName#behind} tells whether it is right.
 */
public final class KnownNames {

    /** The result where no name is known. */
    public static final int NONE = -1;

    /** Names of no column that are kept, so that strangers' names take no more memory than this. */
    private static final int MAX_OTHERS = 64;

    /** Places for each name. */
    private static final int SPACE = 4;

    private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

    private final int columns;
    private final KnownName[] names;
    private final int shift;

    /** One more than the number of a name whose first bytes lead here; 0 where there is none. */
    private final int[] places;

    private int size;

    /** Starts with the columns' names as most would write them. */
    public KnownNames(List<String> columns) {
        this.columns = columns.size();
        this.size = this.columns;
        this.names = new KnownName[this.columns + MAX_OTHERS];
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(SPACE * names.length);
        this.shift = Long.SIZE - bits;
        this.places = new int[1 << bits];
        for (int i = 0; i < this.columns; i++) {
            byte[] text = ("\"" + columns.get(i) + "\":").getBytes(StandardCharsets.UTF_8);
            learn(i, Arrays.copyOf(text, text.length + 2 * Words.ROOM), 0, text.length);
        }
    }

    /**
     * The number of the name that may begin with its quote at a place, or {@link #NONE}.
     *
     * @param bytes of which {@value Words#ROOM} can be looked at behind each quote
     */
    public int likely(byte[] bytes, int at) {
        return bytes[at] == '"' ? places[place(bytes, at)] - 1 : NONE;
    }

    /** How the name with this number was written last. */
    public KnownName name(int number) {
        return names[number];
    }

    /** Whether the name with this number is a column's, whose number is the same. */
    public boolean isColumn(int number) {
        return number < columns;
    }

    /** Keeps how a column's name is written, from its first quote to its colon. */
    public void learn(int column, byte[] bytes, int from, int to) {
        if (names[column] == null || !names[column].isAt(bytes, from, to)) {
            names[column] = KnownName.read(bytes, from, to);
        }
        places[place(bytes, from)] = column + 1;
    }

    /** Keeps how a name is written that no column has, unless there are many, or it begins as another one. */
    public void learnOther(byte[] bytes, int from, int to) {
        if (size < names.length && likely(bytes, from) == NONE) {
            learn(size++, bytes, from, to);
        }
    }

    private int place(byte[] bytes, int at) {
        long first = Words.eight(bytes, at + 1);
        int plain = Words.plain(first);
        long key = plain < Long.BYTES
                ? Words.first(first, plain)
                : MULTIPLIER * first + second(bytes, at + 1 + Long.BYTES);
        return (int) ((MULTIPLIER * key) >>> shift);
    }

    private static long second(byte[] bytes, int at) {
        long word = Words.eight(bytes, at);
        int plain = Words.plain(word);
        return plain < Long.BYTES ? Words.first(word, plain) : word;
    }
}
