package io.fanin.records.raw.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The names of fields in records, each as last written. Guesses the name at a position by its first 16 bytes, with at
 * most one look-up; {@link KnownName#behind} verifies the guess.
 */
public final class KnownNames {

    /** The result where no name is known. */
    public static final int NONE = -1;

    /** The maximum number of names without a column that are kept, which bounds the memory for them. */
    private static final int MAX_OTHERS = 64;

    /** Places for each name. */
    private static final int SPACE = 4;

    private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

    private final int columns;
    private final KnownName[] names;
    private final int shift;

    /** For each slot, one more than the number of the name whose first bytes hash to it; 0 if there is none. */
    private final int[] places;

    private int size;

    /** Starts with the columns' names in their usual notation. */
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
     * The number of the name that may begin with its quote at this index, or {@link #NONE}.
     *
     * @param bytes with at least {@value Words#ROOM} readable bytes after each quote
     */
    public int likely(byte[] bytes, int at) {
        return bytes[at] == '"' ? places[place(bytes, at)] - 1 : NONE;
    }

    /** The name with this number, as last written. */
    public KnownName name(int number) {
        return names[number];
    }

    /** Whether the name with this number is a column's; the column has the same number. */
    public boolean isColumn(int number) {
        return number < columns;
    }

    /** Remembers the notation of a column's name, from its first quote to its colon. */
    public void learn(int column, byte[] bytes, int from, int to) {
        if (names[column] == null || !names[column].isAt(bytes, from, to)) {
            names[column] = KnownName.read(bytes, from, to);
        }
        places[place(bytes, from)] = column + 1;
    }

    /** Remembers the notation of a name without a column, unless there are many, or it begins like another one. */
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
