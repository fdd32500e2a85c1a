package io.fanin.records.raw.value;

import io.fanin.model.table.TimePatterns;
import java.nio.charset.StandardCharsets;
import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads dates and timestamps in given formats, of which the first that fits a text counts. */
final class FormattedTimes {

    /** Bytes of the longest text. */
    private static final int LONGEST = 200;

    /** Microseconds of a second. */
    private static final long SECOND = 1_000_000;

    /** Nanoseconds of a microsecond. */
    private static final int NANOS = 1_000;

    private final List<DateTimeFormatter> formatters;
    private final ZoneId zone;

    /** @param zone of timestamps without an offset */
    FormattedTimes(List<String> patterns, ZoneId zone) {
        this.formatters = patterns.stream().map(TimePatterns::formatter).toList();
        this.zone = zone;
    }

    /** Whether there is no format. */
    boolean isEmpty() {
        return formatters.isEmpty();
    }

    /** Reads a date as days since 1970-01-01; false when none of the formats fits. */
    boolean date(byte[] bytes, int from, int to, ScalarValue value) {
        Optional<LocalDate> day = parsed(bytes, from, to)
                .map(parsed -> parsed.query(TemporalQueries.localDate()))
                .filter(date -> isYear(date.getYear()));
        return day.isPresent() && value.number(day.get().toEpochDay());
    }

    /** Reads a timestamp as microseconds since 1970-01-01 in UTC; false when none of the formats fits. */
    boolean timestamp(byte[] bytes, int from, int to, ScalarValue value) {
        Optional<Instant> moment = parsed(bytes, from, to).map(this::moment);
        return moment.filter(at -> isYear(at.atZone(ZoneOffset.UTC).getYear())).isPresent()
                && value.number(micros(moment.get()));
    }

    /**
     * The microseconds of a moment. Finer digits are dropped, as for ISO 8601, so that the result is never later, even
     * before 1970.
     */
    private static long micros(Instant moment) {
        return SECOND * moment.getEpochSecond() + moment.getNano() / NANOS;
    }

    private Instant moment(TemporalAccessor parsed) {
        if (parsed.isSupported(ChronoField.INSTANT_SECONDS)) {
            return Instant.from(parsed);
        }
        LocalTime time = parsed.query(TemporalQueries.localTime());
        ZoneId own = parsed.query(TemporalQueries.zone());
        return parsed.query(TemporalQueries.localDate())
                .atTime(time == null ? LocalTime.MIDNIGHT : time)
                .atZone(own == null ? zone : own)
                .toInstant();
    }

    private static boolean isYear(int year) {
        return year >= 1 && year <= 9999;
    }

    private Optional<TemporalAccessor> parsed(byte[] bytes, int from, int to) {
        if (to - from > LONGEST) {
            return Optional.empty();
        }
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        return formatters.stream()
                .flatMap(formatter -> parsed(formatter, text).stream())
                .findFirst();
    }

    /** Parses a text in one format. Most texts fit only one format, so the first attempt avoids exceptions. */
    private static Optional<TemporalAccessor> parsed(DateTimeFormatter formatter, String text) {
        ParsePosition position = new ParsePosition(0);
        TemporalAccessor look = formatter.parseUnresolved(text, position);
        if (look == null || position.getIndex() < text.length()) {
            return Optional.empty();
        }
        try {
            return Optional.of(formatter.parse(text)).filter(FormattedTimes::isWhole);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether the result is complete: it has a day, and no partial time. A pattern may lack the date, and minutes
     * without hours are no time.
     */
    private static boolean isWhole(TemporalAccessor parsed) {
        boolean isTime = parsed.query(TemporalQueries.localTime()) != null
                || Stream.of(ChronoField.values())
                        .filter(ChronoField::isTimeBased)
                        .noneMatch(parsed::isSupported);
        return isTime && parsed.query(TemporalQueries.localDate()) != null;
    }
}
