package io.fanin.records.raw;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.Locale;

/**
 * Reads timestamps as ISO 8601 writes them ({@code 2013-02-08T17:05:09.25+01:00}, a blank instead of the T, a date alone)
 * as microseconds in UTC; what is finer is cut. One without an offset is in the spec's zone; where the clocks go forward it is moved by
 * the gap, and where they go back it is the earlier one, as {@link LocalDateTime#atZone} has it.
 */
final class Timestamps {

    private static final int DATE_LENGTH = 10;
    private static final int MINUTES_LENGTH = 16;
    private static final int SECONDS_LENGTH = 19;
    private static final int NANO_DIGITS = 9;
    private static final long MICROS_OF_SECOND = 1_000_000;
    private static final int NANOS_OF_MICRO = 1_000;

    private static final DateTimeFormatter PRINTED =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

    private final ZoneId zone;

    Timestamps(ZoneId zone) {
        this.zone = zone;
    }

    /** Where a timestamp without an offset is. */
    ZoneId zone() {
        return zone;
    }

    /** Reads a timestamp as microseconds since 1970-01-01 in UTC; false when it is none. */
    boolean read(byte[] bytes, int from, int to, ScalarValue value) {
        try {
            LocalDateTime utc = new Reader(bytes, from, to).read(zone);
            return utc != null && value.number(micros(utc));
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static long micros(LocalDateTime utc) {
        return MICROS_OF_SECOND * utc.toEpochSecond(ZoneOffset.UTC) + utc.get(ChronoField.MICRO_OF_SECOND);
    }

    /** The text of a timestamp in UTC, which DuckDB reads. */
    static String print(long micros) {
        return PRINTED.format(LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, MICROS_OF_SECOND),
                NANOS_OF_MICRO * (int) Math.floorMod(micros, MICROS_OF_SECOND),
                ZoneOffset.UTC));
    }

    /** Null and {@link DateTimeException} both mean that it is not a timestamp. */
    private static final class Reader {

        private final byte[] bytes;
        private final int from;
        private final int length;

        Reader(byte[] bytes, int from, int to) {
            this.bytes = bytes;
            this.from = from;
            this.length = to - from;
        }

        LocalDateTime read(ZoneId zone) {
            if (length < DATE_LENGTH || at(4) != '-' || at(7) != '-') {
                return null;
            }
            LocalDate date = LocalDate.of(number(0, 4), number(5, 2), number(8, 2));
            if (date.getYear() < 1) {
                return null;
            }
            if (length == DATE_LENGTH) {
                return utc(date.atStartOfDay(), zone);
            }
            if (length < MINUTES_LENGTH || (at(10) != 'T' && at(10) != 't' && at(10) != ' ') || at(13) != ':') {
                return null;
            }
            int second = 0;
            int nano = 0;
            int next = MINUTES_LENGTH;
            if (next < length && at(next) == ':') {
                second = number(17, 2);
                next = SECONDS_LENGTH;
                if (next < length && (at(next) == '.' || at(next) == ',')) {
                    int begin = ++next;
                    while (next < length && at(next) >= '0' && at(next) <= '9') {
                        next++;
                    }
                    nano = nano(begin, next - begin);
                }
            }
            LocalDateTime local = LocalDateTime.of(date, LocalTime.of(number(11, 2), number(14, 2), second, nano));
            return next == length ? utc(local, zone) : withOffset(local, next);
        }

        private LocalDateTime withOffset(LocalDateTime local, int at) {
            int sign = at(at) == ' ' ? at + 1 : at;
            char c = sign < length ? at(sign) : ' ';
            if ((c == 'Z' || c == 'z') && sign + 1 == length) {
                return local;
            }
            if (c != '+' && c != '-') {
                return null;
            }
            int hours = number(sign + 1, 2);
            int rest = length - sign - 3;
            boolean colon = rest > 0 && at(sign + 3) == ':';
            if (rest != 0 && rest != (colon ? 3 : 2)) {
                return null;
            }
            int minutes = rest == 0 ? 0 : number(sign + (colon ? 4 : 3), 2);
            int direction = c == '-' ? -1 : 1;
            return utc(local, ZoneOffset.ofHoursMinutes(direction * hours, direction * minutes));
        }

        private static LocalDateTime utc(LocalDateTime local, ZoneId zone) {
            LocalDateTime utc = zone.equals(ZoneOffset.UTC)
                    ? local
                    : local.atZone(zone).withZoneSameInstant(ZoneOffset.UTC).toLocalDateTime();
            return utc.getYear() < 1 || utc.getYear() > 9999 ? null : utc;
        }

        private int nano(int at, int digits) {
            if (digits == 0) {
                throw new DateTimeException("expected digits of a second");
            }
            int kept = Math.min(digits, NANO_DIGITS);
            int nano = number(at, kept);
            for (int i = kept; i < NANO_DIGITS; i++) {
                nano *= 10;
            }
            return nano;
        }

        private int number(int at, int digits) {
            int number = 0;
            for (int i = at; i < at + digits; i++) {
                int digit = i < length ? at(i) - '0' : -1;
                if (digit < 0 || digit > 9) {
                    throw new DateTimeException("expected a digit");
                }
                number = 10 * number + digit;
            }
            return number;
        }

        private char at(int index) {
            return (char) (bytes[from + index] & 0xFF);
        }
    }
}
