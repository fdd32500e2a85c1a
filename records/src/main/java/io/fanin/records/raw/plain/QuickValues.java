package io.fanin.records.raw.plain;

import io.fanin.records.duckdb.ColumnBuffer;

/**
 * Reads values in their plainest form into a column. Each method answers where the value ends, or {@link #OTHER} where the
 * value has another form, or is none; then what it has set does not count, nor where another byte follows than may follow a
 * value. 64 bytes from the value's first one on can be looked at.
 */
public final class QuickValues {

    public static final int OTHER = -1;

    /** Bytes of a text that lies in place; see {@link ColumnBuffer}. */
    private static final int SHORT_TEXT = 12;

    private static final int WORD = Long.BYTES;
    private static final int TRUE = 't' | 'r' << 8 | 'u' << 16 | 'e' << 24;
    private static final int ALSE = 'a' | 'l' << 8 | 's' << 16 | 'e' << 24;

    private static final long[] POWERS = {
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000,
    };

    private QuickValues() {}

    /** A text without escapes, in ASCII. */
    public static int text(byte[] bytes, int at, int end, ColumnBuffer column, int row) {
        int behind = behindText(bytes, at, end);
        if (behind >= 0) {
            set(bytes, at + 1, behind - at - 2, column, row);
        }
        return behind;
    }

    /** Where such a text ends. */
    static int behindText(byte[] bytes, int at, int end) {
        if (bytes[at] != '"') {
            return OTHER;
        }
        int to = at + 1;
        int plain = Words.plain(Words.eight(bytes, to));
        while (plain == WORD) {
            to += WORD;
            if (to >= end) {
                return OTHER;
            }
            plain = Words.plain(Words.eight(bytes, to));
        }
        to += plain;
        return bytes[to] == '"' ? to + 1 : OTHER;
    }

    /** Sets a text in UTF-8. */
    public static void set(byte[] bytes, int from, int length, ColumnBuffer column, int row) {
        if (length <= SHORT_TEXT) {
            column.setShortText(row, Words.eight(bytes, from), Words.eight(bytes, from + WORD), length);
        } else {
            column.setLongText(row, bytes, from, length);
        }
    }

    /** A whole number of up to 15 digits, without a fraction or an exponent. */
    public static int whole(byte[] bytes, int at, long least, long most, ColumnBuffer column, int row) {
        boolean negative = bytes[at] == '-';
        int from = negative ? at + 1 : at;
        long word = Words.eight(bytes, from);
        int count = Words.digits(word);
        int to = from + count;
        if (count == 0 || (bytes[from] == '0' && count > 1)) {
            return OTHER;
        }
        long number = Words.number(word, count);
        if (count == WORD) {
            long rest = Words.eight(bytes, to);
            int more = Words.digits(rest);
            if (more == WORD) {
                return OTHER;
            }
            number = more == 0 ? number : number * POWERS[more] + Words.number(rest, more);
            to += more;
        }
        number = negative ? -number : number;
        if (number < least || number > most || bytes[to] == '.' || (bytes[to] | ' ') == 'e') {
            return OTHER;
        }
        column.setNumber(row, number);
        return to;
    }

    public static int truth(byte[] bytes, int at, ColumnBuffer column, int row) {
        if (Words.four(bytes, at) == TRUE) {
            column.setNumber(row, 1);
            return at + "true".length();
        }
        if (bytes[at] == 'f' && Words.four(bytes, at + 1) == ALSE) {
            column.setNumber(row, 0);
            return at + "false".length();
        }
        return OTHER;
    }
}
