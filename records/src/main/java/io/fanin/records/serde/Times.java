package io.fanin.records.serde;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Decides which texts SerDes read as dates and timestamps. Years are 1 to 9999: engines differ about others. */
final class Times {

    /** Days since 1970-01-01. */
    static final long FIRST_DAY = LocalDate.of(1, 1, 1).toEpochDay();

    static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();

    private static final long DAY_SECONDS = 86_400;
    private static final int DATE_LENGTH = 10;
    private static final int SECONDS_LENGTH = 19;
    private static final int LONGEST = 29;

    /** The number of characters, a sign included, from which on a number means milliseconds; fewer mean seconds. */
    private static final int MILLIS_DIGITS = 13;

    private static final Pattern DATE = Pattern.compile("([0-9]{1,4})-([0-9]{1,2})-([0-9]{1,2})");
    private static final Pattern LOCAL = Pattern.compile(
            "([0-9-]+)( ([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})|[Tt]([0-9]{2}):([0-9]{2})(:([0-9]{2}))?)(\\.[0-9]{1,9})?");
    private static final Pattern SINCE_EPOCH = Pattern.compile("[+-]?[0-9]+(\\.[0-9]*)?|[+-]?\\.[0-9]+");

    private static final DateTimeFormatter WITH_OFFSET = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX]")
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private Times() {}

    /** Whether it is {@code yyyy-MM-dd} with a day up to the 28th, which every month has. */
    static boolean isPlainDate(byte[] bytes, int from, int to) {
        return to - from == DATE_LENGTH
                && bytes[from + 4] == '-'
                && bytes[from + 7] == '-'
                && number(bytes, from, 4) >= 1
                && isBetween(number(bytes, from + 5, 2), 1, 12)
                && isBetween(number(bytes, from + 8, 2), 1, 28);
    }

    /** Whether it is {@code yyyy-MM-dd HH:mm:ss}, or with a T, with an optional fraction, and with such a date. */
    static boolean isPlainTimestamp(byte[] bytes, int from, int to) {
        int length = to - from;
        return length >= SECONDS_LENGTH
                && length <= LONGEST
                && isPlainDate(bytes, from, from + DATE_LENGTH)
                && (bytes[from + 10] == ' ' || bytes[from + 10] == 'T')
                && bytes[from + 13] == ':'
                && bytes[from + 16] == ':'
                && isBetween(number(bytes, from + 11, 2), 0, 23)
                && isBetween(number(bytes, from + 14, 2), 0, 59)
                && isBetween(number(bytes, from + 17, 2), 0, 59)
                && isFraction(bytes, from + SECONDS_LENGTH, to);
    }

    private static boolean isFraction(byte[] bytes, int from, int to) {
        return from == to || (bytes[from] == '.' && to - from > 1 && number(bytes, from + 1, to - from - 1) >= 0);
    }

    private static boolean isBetween(long number, int least, int most) {
        return number >= least && number <= most;
    }

    /** The number of these digits; -1 if there are other characters. */
    private static long number(byte[] bytes, int at, int digits) {
        long number = 0;
        for (int i = at; i < at + digits; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }

    /** Whether it is a day of the calendar; anything after a blank is ignored. */
    static boolean isDate(String text) {
        String stripped = text.strip();
        int blank = stripped.indexOf(' ');
        Matcher date = DATE.matcher(blank < 0 ? stripped : stripped.substring(0, blank));
        if (!date.matches()) {
            return false;
        }
        try {
            return LocalDate.of(number(date, 1), number(date, 2), number(date, 3))
                            .getYear()
                    >= 1;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static int number(Matcher found, int group) {
        return Integer.parseInt(found.group(group));
    }

    /** Whether it is a date and a time without an offset. */
    static boolean isLocal(String text) {
        Matcher local = LOCAL.matcher(text);
        if (!local.matches() || !isDate(local.group(1))) {
            return false;
        }
        boolean iso = local.group(3) == null;
        boolean withSeconds = !iso || local.group(8) != null;
        try {
            LocalTime.of(
                    number(local, iso ? 6 : 3),
                    number(local, iso ? 7 : 4),
                    withSeconds ? number(local, iso ? 9 : 5) : 0);
            return (withSeconds || local.group(10) == null)
                    && (!iso || local.group(1).length() == DATE_LENGTH);
        } catch (DateTimeException e) {
            return false;
        }
    }

    /**
     * Whether it is a day of the calendar and a time, as in ISO 8601, followed by {@code Z}, {@code +HH:mm} or
     * {@code +HHmm}.
     */
    static boolean isWithOffset(String text) {
        try {
            OffsetDateTime moment = OffsetDateTime.parse(text, WITH_OFFSET);
            return isBetween(moment.getYear(), 1, 9999)
                    && isBetween(moment.withOffsetSameInstant(ZoneOffset.UTC).getYear(), 1, 9999);
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    /** Seconds since 1970-01-01, or milliseconds, by the number of characters. */
    static boolean isSinceEpoch(String text) {
        if (!SINCE_EPOCH.matcher(text).matches()) {
            return false;
        }
        BigDecimal number = new BigDecimal(text);
        boolean millis = text.indexOf('.') < 0 && text.length() >= MILLIS_DIGITS;
        BigDecimal seconds = millis ? number.movePointLeft(3) : number;
        return seconds.compareTo(BigDecimal.valueOf(FIRST_DAY * DAY_SECONDS)) >= 0
                && seconds.compareTo(BigDecimal.valueOf((LAST_DAY + 1) * DAY_SECONDS)) < 0;
    }
}
