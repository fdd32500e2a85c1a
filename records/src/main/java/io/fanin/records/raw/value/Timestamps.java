package io.fanin.records.raw.value;

import io.fanin.records.raw.text.Words;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Reads timestamps as ISO 8601 writes them ({@code 2013-02-08T17:05:09.25+01:00}, a blank instead of the T, a date
 * alone) as microseconds in UTC; finer digits are dropped. Timestamps without an offset are in the spec's zone: those
 * in the gap when clocks go forward are moved by it, and when clocks go back the earlier one is meant, as in
 * {@link LocalDateTime#atZone}. Used by one thread.
 */
final class Timestamps {

    private static final int DATE_LENGTH = 10;
    private static final int MINUTES_LENGTH = 16;
    private static final int SECONDS_LENGTH = 19;
    private static final int MICRO_DIGITS = 6;

    private static final long SECOND = 1_000_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private static final long MAX_OFFSET = 18 * HOUR;
    private static final long MIN = DAY * LocalDate.of(1, 1, 1).toEpochDay();
    private static final long MAX = DAY * LocalDate.of(10_000, 1, 1).toEpochDay() - 1;

    private static final byte[] EPOCH = "1970-01-01".getBytes(StandardCharsets.US_ASCII);

    private final ZoneId zone;
    private final boolean utc;

    /** The text of the last date, and its value: most dates repeat. */
    private long lastDate = Words.eight(EPOCH, 0);

    private int lastDay = lastTwo(EPOCH, 0);
    private long epochDay;

    /** @param zone of timestamps without an offset */
    Timestamps(ZoneId zone) {
        this.zone = zone;
        this.utc = zone.equals(ZoneOffset.UTC);
    }

    /** Reads a date alone as days since 1970-01-01; false if it is none. */
    boolean date(byte[] bytes, int from, int to, ScalarValue value) {
        return to - from == DATE_LENGTH && isDate(bytes, from) && value.number(epochDay);
    }

    /** Reads a timestamp as microseconds since 1970-01-01 in UTC; false if it is none. */
    boolean read(byte[] bytes, int from, int to, ScalarValue value) {
        int length = to - from;
        if (length < DATE_LENGTH || !isDate(bytes, from)) {
            return false;
        }
        if (length == DATE_LENGTH) {
            return local(DAY * epochDay, value);
        }
        int between = from + DATE_LENGTH;
        if (length < MINUTES_LENGTH
                || ((bytes[between] | ' ') != 't' && bytes[between] != ' ')
                || bytes[between + 3] != ':') {
            return false;
        }
        int hour = two(bytes, between + 1);
        int minute = two(bytes, between + 4);
        int second = 0;
        long micros = 0;
        int at = from + MINUTES_LENGTH;
        if (at < to && bytes[at] == ':') {
            second = at + 3 <= to ? two(bytes, at + 1) : -1;
            at += 3;
            if (at < to && (bytes[at] == '.' || bytes[at] == ',')) {
                int first = ++at;
                long unit = SECOND;
                while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
                    unit = at - first < MICRO_DIGITS ? unit / 10 : 0;
                    micros += unit * (bytes[at++] - '0');
                }
                second = at > first ? second : -1;
            }
        }
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
            return false;
        }
        micros += DAY * epochDay + HOUR * hour + MINUTE * minute + SECOND * second;
        return at == to ? local(micros, value) : withOffset(bytes, at, to, micros, value);
    }

    private static boolean withOffset(byte[] bytes, int at, int to, long micros, ScalarValue value) {
        int sign = bytes[at] == ' ' ? at + 1 : at;
        int c = sign < to ? bytes[sign] : ' ';
        if ((c | ' ') == 'z' && sign + 1 == to) {
            return value.number(micros);
        }
        int rest = to - sign - 3;
        if ((c != '+' && c != '-') || rest < 0) {
            return false;
        }
        boolean colon = rest > 0 && bytes[sign + 3] == ':';
        if (rest != 0 && rest != (colon ? 3 : 2)) {
            return false;
        }
        int hours = two(bytes, sign + 1);
        int minutes = rest == 0 ? 0 : two(bytes, to - 2);
        long offset = HOUR * hours + MINUTE * minutes;
        boolean is = hours >= 0 && minutes >= 0 && minutes <= 59 && offset <= MAX_OFFSET;
        return is && inUtc(c == '+' ? micros - offset : micros + offset, value);
    }

    private boolean local(long micros, ScalarValue value) {
        if (utc) {
            return value.number(micros);
        }
        LocalDateTime time = LocalDateTime.ofEpochSecond(Math.floorDiv(micros, SECOND), 0, ZoneOffset.UTC);
        return inUtc(SECOND * time.atZone(zone).toEpochSecond() + Math.floorMod(micros, SECOND), value);
    }

    /**
     * Whether DuckDB, which drops offsets and refuses some signs, reads the timestamp's text correctly: it must be in
     * UTC, to the second or with a point and up to six digits.
     */
    boolean isExact(byte[] bytes, int from, int to) {
        int end = bytes[to - 1] == 'Z' ? to - 1 : to;
        if ((end == to && !utc)
                || end - from < SECONDS_LENGTH
                || end - from > SECONDS_LENGTH + 1 + MICRO_DIGITS
                || bytes[from + DATE_LENGTH] == 't'
                || bytes[from + MINUTES_LENGTH] != ':') {
            return false;
        }
        int at = from + SECONDS_LENGTH;
        boolean exact = at == end || bytes[at] == '.';
        while (++at < end) {
            exact &= bytes[at] >= '0' && bytes[at] <= '9';
        }
        return exact;
    }

    private static boolean inUtc(long micros, ScalarValue value) {
        return micros >= MIN && micros <= MAX && value.number(micros);
    }

    /** Writes a timestamp as DuckDB reads it: {@code 2013-02-08 17:05:09.250000}. */
    static void write(long micros, JsonText out) {
        writeDate(Math.floorDiv(micros, DAY), out);
        long rest = Math.floorMod(micros, DAY);
        int fraction = (int) (rest % SECOND);
        out.plain(' ');
        out.two((int) (rest / HOUR));
        out.plain(':');
        out.two((int) (rest % HOUR / MINUTE));
        out.plain(':');
        out.two((int) (rest % MINUTE / SECOND));
        out.plain('.');
        out.two(fraction / 10_000);
        out.two(fraction / 100 % 100);
        out.two(fraction % 100);
    }

    /** Writes a date of the years 1 to 9999. */
    static void writeDate(long epochDay, JsonText out) {
        LocalDate date = LocalDate.ofEpochDay(epochDay);
        out.two(date.getYear() / 100);
        out.two(date.getYear() % 100);
        out.plain('-');
        out.two(date.getMonthValue());
        out.plain('-');
        out.two(date.getDayOfMonth());
    }

    /** Whether these 10 bytes are a date of the years 1 to 9999; if so, it is kept. */
    private boolean isDate(byte[] bytes, int at) {
        long date = Words.eight(bytes, at);
        int day = lastTwo(bytes, at);
        if (date == lastDate && day == lastDay) {
            return true;
        }
        int year = 100 * two(bytes, at) + two(bytes, at + 2);
        int month = two(bytes, at + 5);
        int dayOfMonth = two(bytes, at + 8);
        if (year < 1
                || two(bytes, at + 2) < 0
                || month < 1
                || month > 12
                || dayOfMonth < 1
                || bytes[at + 4] != '-'
                || bytes[at + 7] != '-') {
            return false;
        }
        LocalDate first = LocalDate.of(year, month, 1);
        if (dayOfMonth > first.lengthOfMonth()) {
            return false;
        }
        epochDay = first.toEpochDay() + dayOfMonth - 1;
        lastDate = date;
        lastDay = day;
        return true;
    }

    private static int lastTwo(byte[] bytes, int at) {
        return bytes[at + 8] << Byte.SIZE | (bytes[at + 9] & 0xFF);
    }

    /** The number of two digits; -1 if they are not digits. */
    private static int two(byte[] bytes, int at) {
        int tens = bytes[at] - '0';
        int ones = bytes[at + 1] - '0';
        return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? 10 * tens + ones : -1;
    }
}
