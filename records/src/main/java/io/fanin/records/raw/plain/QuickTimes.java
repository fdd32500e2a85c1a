package io.fanin.records.raw.plain;

import io.fanin.records.duckdb.ColumnBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Reads dates and timestamps in their plainest forms, {@code 2013-02-08} and {@code 2013-02-08T17:05:09.25+01:00}: see
 * {@link QuickValues} for the answers. Most dates are that of the record before.
 */
public final class QuickTimes {

    private static final int DATE_LENGTH = 10;
    private static final int TIME_LENGTH = 8;
    private static final int OFFSET_LENGTH = 6;
    private static final int MICRO_DIGITS = 6;

    private static final long SECOND = 1_000_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    /** {@code 00:00:00} */
    private static final long MIDNIGHT = 0x3030_3A30_303A_3030L;

    private static final long COLONS = 0x0000_FF00_00FF_0000L;
    private static final int MOST_OFFSET_HOURS = 17;

    /** In other years an offset may lead to one that a timestamp may not have. */
    private static final int LEAST_YEAR = 2;

    private static final int MOST_YEAR = 9998;

    private static final byte[] EPOCH = "1970-01-01".getBytes(StandardCharsets.US_ASCII);

    private final boolean utc;

    /** The bytes of the date that was read last, and what it is. */
    private long lastDate = Words.eight(EPOCH, 0);

    private short lastDay = Words.two(EPOCH, Long.BYTES);
    private long epochDay;

    /** @param utc whether a timestamp without an offset is in UTC; else it is not read */
    public QuickTimes(boolean utc) {
        this.utc = utc;
    }

    public int date(byte[] bytes, int at, ColumnBuffer column, int row) {
        if (!isDate(bytes, at)) {
            return QuickValues.OTHER;
        }
        column.setInt(row, (int) epochDay);
        return at + DATE_LENGTH;
    }

    public int timestamp(byte[] bytes, int at, ColumnBuffer column, int row) {
        int time = at + DATE_LENGTH;
        if ((bytes[time] != 'T' && bytes[time] != ' ') || !isDate(bytes, at)) {
            return QuickValues.OTHER;
        }
        long clock = Words.eight(bytes, time + 1) ^ MIDNIGHT;
        if ((clock & COLONS) != 0 || Words.digits(clock ^ '0' * 0x0101_0101_0101_0101L) < TIME_LENGTH) {
            return QuickValues.OTHER;
        }
        int hour = two((int) clock);
        int minute = two((int) (clock >>> 24));
        int second = two((int) (clock >>> 48));
        if (hour > 23 || minute > 59 || second > 59) {
            return QuickValues.OTHER;
        }
        int i = time + 1 + TIME_LENGTH;
        long micros = DAY * epochDay + HOUR * hour + MINUTE * minute + SECOND * second;
        if (bytes[i] == '.') {
            int digit = i + 1;
            long unit = SECOND;
            long fraction = 0;
            while (bytes[digit] >= '0' && bytes[digit] <= '9' && digit <= i + MICRO_DIGITS) {
                unit /= 10;
                fraction = 10 * fraction + bytes[digit++] - '0';
            }
            if (digit == i + 1) {
                return QuickValues.OTHER;
            }
            micros += unit * fraction;
            i = digit;
        }
        return zone(bytes, i, micros, column, row);
    }

    private int zone(byte[] bytes, int at, long micros, ColumnBuffer column, int row) {
        byte c = bytes[at];
        if (c == 'Z') {
            column.setLong(row, micros);
            return at + 1;
        }
        if (c != '+' && c != '-') {
            column.setLong(row, micros);
            return utc ? at : QuickValues.OTHER;
        }
        if (bytes[at + 3] != ':') {
            return QuickValues.OTHER;
        }
        int hours = two(Words.two(bytes, at + 1) ^ '0' * 0x0101);
        int minutes = two(Words.two(bytes, at + 4) ^ '0' * 0x0101);
        if (!isNumber(bytes, at + 1) || !isNumber(bytes, at + 4) || hours > MOST_OFFSET_HOURS || minutes > 59) {
            return QuickValues.OTHER;
        }
        long offset = HOUR * hours + MINUTE * minutes;
        column.setLong(row, c == '+' ? micros - offset : micros + offset);
        return at + OFFSET_LENGTH;
    }

    /** The number of two digits, the first of which is the lowest byte. */
    private static int two(int digits) {
        return 10 * (digits & 0xFF) + (digits >>> 8 & 0xFF);
    }

    private static boolean isNumber(byte[] bytes, int at) {
        return bytes[at] >= '0' && bytes[at] <= '9' && bytes[at + 1] >= '0' && bytes[at + 1] <= '9';
    }

    /** Whether these 10 bytes are a date; if so, it is kept. */
    private boolean isDate(byte[] bytes, int at) {
        long date = Words.eight(bytes, at);
        short day = Words.two(bytes, at + Long.BYTES);
        if (date == lastDate && day == lastDay) {
            return true;
        }
        if (!isNumber(bytes, at)
                || !isNumber(bytes, at + 2)
                || bytes[at + 4] != '-'
                || !isNumber(bytes, at + 5)
                || bytes[at + 7] != '-'
                || !isNumber(bytes, at + 8)) {
            return false;
        }
        int year = 100 * two(Words.two(bytes, at) ^ '0' * 0x0101) + two(Words.two(bytes, at + 2) ^ '0' * 0x0101);
        if (year < LEAST_YEAR || year > MOST_YEAR) {
            return false;
        }
        try {
            epochDay = LocalDate.of(
                            year,
                            two(Words.two(bytes, at + 5) ^ '0' * 0x0101),
                            two(Words.two(bytes, at + 8) ^ '0' * 0x0101))
                    .toEpochDay();
        } catch (DateTimeException e) {
            return false;
        }
        lastDate = date;
        lastDay = day;
        return true;
    }
}
