package io.fanin.model.partition;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The format of a time in a prefix, for example {@code yyyy/MM/dd/HH}. Parsing is strict: 30 February is refused.
 *
 * @param pattern in the letters of {@link DateTimeFormatter}; {@code y} means the year, as users of
 *     {@code SimpleDateFormat} and Athena write it
 * @param firstYear the first valid year
 */
public record TimePattern(String pattern, DateTimeFormatter formatter, int firstYear) implements KeyCodec.Format {

    /** Sample times that differ from each other in every field; a pattern must read back what it writes for each. */
    private static final List<LocalDateTime> SAMPLES =
            List.of(LocalDateTime.of(2013, 2, 8, 17, 45, 59), LocalDateTime.of(2024, 11, 30, 5, 7, 3));

    /** The first year with four digits: a year written as 26 is 2026 or a mistake. */
    static final int FIRST_YEAR = 1000;

    /** The maximum length of a key's format; longer ones are not remembered. */
    static final int LONGEST = 100;

    /** The last year of four digits. */
    public static final int LAST_YEAR = 9999;

    private static final Recent<TimePattern> READ = new Recent<>();

    private static final Pattern QUOTED = Pattern.compile("'[^']*'");

    /** Every field in full width, coarse before fine, without a gap; and no other letters. */
    private static final Pattern SORTABLE =
            Pattern.compile("~(?:yyyy|uuuu)~(?:MM~(?:dd~(?:HH~(?:mm~(?:ss~)?)?)?)?)?".replace("~", "[^A-Za-z]*"));

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException if it is invalid, has no year, or does not read back what it writes
     */
    public static TimePattern of(String pattern) {
        return READ.of(pattern, one -> of(one, FIRST_YEAR));
    }

    /** The ISO format of a type's values, with years from 0 on: {@code 0001-01-01} is a valid date. */
    static TimePattern iso(String pattern) {
        return of(pattern, 0);
    }

    private static TimePattern of(String pattern, int firstYear) {
        try {
            DateTimeFormatter formatter = PatternPart.appended(
                            new DateTimeFormatterBuilder(), withProlepticYear(pattern))
                    .toFormatter(PatternPart.ENGLISH_WITH_ISO_WEEKS)
                    .withResolverStyle(ResolverStyle.STRICT);
            TimePattern time = new TimePattern(pattern, formatter, firstYear);
            SAMPLES.forEach(time::requireReadBack);
            requireFieldsAsMeant(pattern);
            return time;
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + pattern + "' is not a date format such as yyyy/MM/dd/HH: " + e.getMessage(), e);
        }
    }

    /** The time in the text, with missing fields at their first value; empty if the text does not parse. */
    public Optional<LocalDateTime> read(String text) {
        try {
            TemporalAccessor parsed = formatter.parse(text);
            return firstMomentOf(parsed)
                    .filter(moment -> moment.getYear() >= firstYear && moment.getYear() <= LAST_YEAR);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    public String write(LocalDateTime moment) {
        return formatter.format(moment);
    }

    /** The pattern's parts, one for each level of the prefix. */
    public List<String> levels() {
        return List.of(pattern.split("/", -1));
    }

    /**
     * Whether written times sort as text in the order of time, as they do for {@code yyyy/MM/dd/HH} and do not for
     * {@code dd-MM-yyyy}, {@code yyyy-M} or {@code MMM}.
     */
    boolean sortsAsText() {
        return SORTABLE.matcher(QUOTED.matcher(pattern).replaceAll("-")).matches();
    }

    /** Whether the pattern contains units finer than the day. */
    boolean hasTimeOfDay() {
        return SAMPLES.stream().anyMatch(moment -> !write(moment).equals(write(moment.truncatedTo(ChronoUnit.DAYS))));
    }

    private void requireReadBack(LocalDateTime moment) {
        String text = write(moment);
        String readBack = read(text)
                .map(this::write)
                .orElseThrow(() ->
                        new IllegalArgumentException("it writes '" + text + "', which names no day, month or year"));
        if (!readBack.equals(text)) {
            throw new IllegalArgumentException("it writes '" + text + "', and reads that as '" + readBack + "'");
        }
    }

    /** Refuses what can be read back for some times only, and is a slip: {@code yyyy/MM/DD} has the day of the year. */
    private static void requireFieldsAsMeant(String pattern) {
        if (PatternPart.hasMinuteWithoutHour(pattern)) {
            throw new IllegalArgumentException("its mm, the minutes, does not follow the hours: MM is the month");
        }
        String all = PatternPart.fieldLetters(pattern);
        for (String level : pattern.split("/", -1)) {
            PatternPart.repeatedLetter(level).ifPresent(letter -> {
                throw new IllegalArgumentException(
                        "the letter " + letter + " stands twice in " + level + ": MM is the month, mm the minute");
            });
        }
        if (all.contains("D") && all.contains("M") && !all.contains("d")) {
            throw new IllegalArgumentException("its D is the day of the year: write dd for that of the month");
        }
        if (all.contains("S") && !all.contains("s")) {
            throw new IllegalArgumentException("its S is a fraction of a second: write ss for seconds");
        }
    }

    /** The pattern with {@code u} for {@code y}, except in quotes. */
    private static String withProlepticYear(String pattern) {
        StringBuilder proleptic = new StringBuilder(pattern.length());
        boolean quoted = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            quoted ^= c == '\'';
            if (quoted ? c == '/' : c == '[' || c == ']') {
                throw new IllegalArgumentException(
                        quoted ? "a '/' stands in quotes" : "parts that may be left out are not supported");
            }
            proleptic.append(c == 'y' && !quoted ? 'u' : c);
        }
        return proleptic.toString();
    }

    /** A cache of parsed formats: the checks of one spec read each format a dozen times. Thread-safe. */
    static final class Recent<T> {

        private static final int MAX = 100;

        private final SequencedMap<String, T> read = new LinkedHashMap<>(MAX, 0.75f, true);

        T of(String pattern, Function<String, T> reader) {
            if (pattern.length() > LONGEST) {
                return reader.apply(pattern);
            }
            synchronized (read) {
                T known = read.get(pattern);
                if (known != null) {
                    return known;
                }
            }
            T now = reader.apply(pattern);
            synchronized (read) {
                if (read.size() >= MAX) {
                    read.pollFirstEntry();
                }
                read.put(pattern, now);
            }
            return now;
        }
    }

    private static Optional<LocalDateTime> firstMomentOf(TemporalAccessor parsed) {
        LocalDate date = parsed.query(TemporalQueries.localDate());
        if (date == null && parsed.isSupported(ChronoField.YEAR)) {
            date = parsed.isSupported(ChronoField.MONTH_OF_YEAR)
                    ? YearMonth.from(parsed).atDay(1)
                    : Year.from(parsed).atDay(1);
        }
        if (date == null) {
            return Optional.empty();
        }
        return Optional.of(date.atTime(timeOf(parsed)));
    }

    private static LocalTime timeOf(TemporalAccessor parsed) {
        LocalTime time = parsed.query(TemporalQueries.localTime());
        if (time != null) {
            return time;
        }
        return LocalTime.of(orZero(parsed, ChronoField.HOUR_OF_DAY), orZero(parsed, ChronoField.MINUTE_OF_HOUR));
    }

    private static int orZero(TemporalAccessor parsed, ChronoField field) {
        return parsed.isSupported(field) ? parsed.get(field) : 0;
    }
}
