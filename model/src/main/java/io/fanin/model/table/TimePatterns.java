package io.fanin.model.table;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The formats of dates and timestamps in texts, as patterns of {@link DateTimeFormatter}: {@code dd.MM.yyyy HH:mm}. The first that
 * fits a value counts. Where there are none, values are those of ISO 8601.
 */
public record TimePatterns(List<String> dates, List<String> timestamps) {

    public static final TimePatterns STANDARD = new TimePatterns(List.of(), List.of());

    /** The maximum number of formats. */
    public static final int MOST = 20;

    private static final int LONGEST = 100;

    private static final LocalDateTime EXAMPLE = LocalDateTime.of(2013, 2, 8, 17, 5, 9);

    public TimePatterns {
        dates = List.copyOf(dates);
        timestamps = List.copyOf(timestamps);
        if (dates.size() > MOST || timestamps.size() > MOST) {
            throw new IllegalArgumentException("expected at most " + MOST + " formats");
        }
    }

    /**
     * The formatter of a pattern. A {@code y} is the year of the calendar, and 30 February is no date; names of months and days are
     * English, in letters of any case.
     *
     * @throws IllegalArgumentException if it is no pattern, or its texts do not say what day it is
     */
    public static DateTimeFormatter formatter(String pattern) {
        try {
            DateTimeFormatter formatter = new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .appendPattern(checked(pattern))
                    .toFormatter(Locale.ENGLISH)
                    .withResolverStyle(ResolverStyle.STRICT);
            String text = formatter.format(EXAMPLE.atOffset(ZoneOffset.UTC));
            if (!day(formatter.parse(text)).equals(EXAMPLE.toLocalDate())) {
                throw new IllegalArgumentException("its texts are not the days that they are made of");
            }
            return formatter;
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "expected a pattern of a date, such as dd.MM.yyyy or dd.MM.yyyy HH:mm:ss, found '" + pattern + "': "
                            + e.getMessage(),
                    e);
        }
    }

    private static LocalDate day(TemporalAccessor parsed) {
        return LocalDate.from(parsed);
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

    /** What is wrong with one of these formats. */
    public static Optional<String> problem(String pattern) {
        try {
            formatter(pattern);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage());
        }
    }
}
