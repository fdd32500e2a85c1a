package io.fanin.model.table;

import io.fanin.model.partition.PatternPart;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Optional;

/**
 * The formats of dates and timestamps in texts, as patterns of {@link DateTimeFormatter}: {@code dd.MM.yyyy HH:mm}. The
 * first that fits a value counts. Where there are none, values are those of ISO 8601.
 */
public record TimePatterns(List<String> dates, List<String> timestamps) {

    public static final TimePatterns STANDARD = new TimePatterns(List.of(), List.of());

    /** The maximum number of formats. */
    public static final int MAX = 20;

    private static final int LONGEST = 100;

    /**
     * Moments that differ from each other in every field; a pattern must read the day and time that it writes for each.
     */
    private static final List<LocalDateTime> EXAMPLES = List.of(
            LocalDateTime.of(2013, 2, 8, 17, 5, 9, 250_000_000),
            LocalDateTime.of(2024, 11, 30, 5, 47, 53),
            LocalDateTime.of(2016, 2, 29, 0, 0, 0));

    /**
     * The letters of names of time zones that do not tell the offset: MST in Arizona's summer, IST in India and in
     * Israel.
     */
    private static final String ZONE_NAMES = "zv";

    /** The letters of a time of day. */
    private static final String TIME_OF_DAY = "aBHhKkmsSAnN";

    public TimePatterns {
        dates = List.copyOf(dates);
        timestamps = List.copyOf(timestamps);
        if (dates.size() > MAX || timestamps.size() > MAX) {
            throw new IllegalArgumentException("expected at most " + MAX + " formats");
        }
    }

    /**
     * The formatter of a pattern. A {@code y} is the year of the calendar, and 30 February is no date; names of months
     * and days are English, in letters of any case, and weeks those of ISO 8601.
     *
     * @throws IllegalArgumentException if it is no pattern, its texts do not say what day it is, it has letters of a
     *     time of day, and its texts do not say what time it is, or it has names of time zones, which do not tell their
     *     offset
     */
    public static DateTimeFormatter formatter(String pattern) {
        try {
            DateTimeFormatter formatter = PatternPart.appended(
                            new DateTimeFormatterBuilder().parseCaseInsensitive(), checked(pattern))
                    .toFormatter(PatternPart.ENGLISH_WITH_ISO_WEEKS)
                    .withResolverStyle(ResolverStyle.STRICT);
            String letters = PatternPart.fieldLetters(pattern);
            if (letters.chars().anyMatch(letter -> ZONE_NAMES.indexOf(letter) >= 0)) {
                throw new IllegalArgumentException(
                        "z and v, names of time zones, do not tell the offset; write X for Z and +01:00, VV for Europe/Berlin");
            }
            boolean hasTime = letters.chars().anyMatch(letter -> TIME_OF_DAY.indexOf(letter) >= 0);
            if (hasTime) {
                requirePlacedTime(pattern);
            }
            EXAMPLES.forEach(moment -> requireReadBack(formatter, moment, hasTime));
            return formatter;
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "expected a pattern of a date, such as dd.MM.yyyy or dd.MM.yyyy HH:mm:ss, found '" + pattern + "': "
                            + e.getMessage(),
                    e);
        }
    }

    /**
     * Refuses what can be read back, but is not what people write: {@code yyyy-mm-dd HH:MM} has month and minute
     * exchanged.
     */
    private static void requirePlacedTime(String pattern) {
        if (PatternPart.hasMinuteWithoutHour(pattern)) {
            throw notOfTime("mm, the minutes, does not follow the hours");
        }
        PatternPart.repeatedLetter(pattern)
                .filter(any -> pattern.indexOf('[') < 0)
                .ifPresent(letter -> {
                    throw notOfTime("the letter " + letter + " stands twice");
                });
    }

    private static void requireReadBack(DateTimeFormatter formatter, LocalDateTime moment, boolean hasTime) {
        String text = formatter.format(moment.atZone(ZoneOffset.UTC));
        TemporalAccessor parsed = formatter.parse(text);
        LocalDate day = parsed.query(TemporalQueries.localDate());
        if (day == null) {
            throw new IllegalArgumentException("its texts do not say what day it is");
        }
        if (!day.equals(moment.toLocalDate())) {
            throw new IllegalArgumentException("its texts are not the days that they are made of");
        }
        LocalTime time = parsed.query(TemporalQueries.localTime());
        if (hasTime
                && (time == null
                        || !formatter
                                .format(day.atTime(time).atZone(ZoneOffset.UTC))
                                .equals(text))) {
            throw notOfTime("its texts do not say what time it is");
        }
    }

    private static IllegalArgumentException notOfTime(String what) {
        return new IllegalArgumentException(
                what
                        + "; write HH for hours (hh only with a), mm for minutes, MM for months, ss for seconds, SSS for their fraction");
    }

    /** The pattern with years of the calendar instead of those of an era, outside of quotes. */
    private static String checked(String pattern) {
        if (pattern.length() > LONGEST) {
            throw new IllegalArgumentException("it has more than " + LONGEST + " characters");
        }
        StringBuilder checked = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            quoted ^= c == '\'';
            checked.append(!quoted && c == 'y' ? 'u' : c);
        }
        return checked.toString();
    }

    /** The problem of a format, for people; empty if it is valid. */
    public static Optional<String> problem(String pattern) {
        try {
            formatter(pattern);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage());
        }
    }
}
