package io.fanin.records.raw.text;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The names in a record's objects so far, as 64-bit hashes that ignore the case of ASCII letters. Grows to twice the
 * largest number of names in a record.
 *
 * <p>The slot of a name depends on a secret number: otherwise a hostile writer could choose names that all fall into
 * one slot, and each would be compared with all before it (Dietzfelbinger et al., "A Reliable Randomized Algorithm for
 * the Closest-Pair Problem", 1997).
 */
public final class SeenNames {

    private static final int FIRST_SIZE = 64;
    private static final long PRIME = 0x100000001b3L;
    private static final long MIX = 0x9e3779b97f4a7c15L;

    private final long multiplier = new SplittableRandom().nextLong() | 1;
    private long[] names = new long[FIRST_SIZE];

    /** The record in which each name was seen; slots of other records are free. */
    private int[] records = new int[FIRST_SIZE];

    private int record;
    private int count;
    private int objects;

    /** Begins the next record. */
    public void clear() {
        record++;
        count = 0;
        objects = 0;
        if (record == 0) {
            Arrays.fill(records, -1);
        }
    }

    /** Begins an object, possibly inside others; returns its number. */
    public int open() {
        return ++objects;
    }

    /** Adds a name; returns whether the object has not had it before. */
    public boolean add(int object, byte[] bytes, int from, int to) {
        long name = object * MIX;
        for (int i = from; i < to; i++) {
            int b = bytes[i];
            name = (name ^ lower(b)) * PRIME;
        }
        if (2 * count >= names.length) {
            grow();
        }
        return put(name);
    }

    private static int lower(int b) {
        return b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b;
    }

    private boolean put(long name) {
        int at = slot(name);
        if (records[at] == record) {
            return false;
        }
        names[at] = name;
        records[at] = record;
        count++;
        return true;
    }

    /** The slot of the name, or a free one for it. */
    private int slot(long name) {
        int at = (int) ((name * multiplier) >>> (Long.numberOfLeadingZeros(names.length) + 1));
        while (records[at] == record && names[at] != name) {
            at = (at + 1) & (names.length - 1);
        }
        return at;
    }

    private void grow() {
        long[] before = names;
        int[] recordsBefore = records;
        names = new long[2 * before.length];
        records = new int[names.length];
        Arrays.fill(records, record - 1);
        count = 0;
        for (int i = 0; i < before.length; i++) {
            if (recordsBefore[i] == record) {
                put(before[i]);
            }
        }
    }
}
