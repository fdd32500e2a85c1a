package io.fanin.core.history;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The states of periods, one letter each, in rows: the hours of a day, the days of a month. A row is named by the
 * common prefix of its periods' times, {@code 2013-02-08} or {@code 2013-02}.
 */
public final class PeriodRows {

    /** The number of years that are kept, up to the newest period. */
    private static final int YEARS = 5;

    /** The maximum number of periods: five years of hours, or a month of minutes. */
    static final int PERIODS = 45_000;

    private static final char NOTHING = '.';

    private static final Map<Character, PeriodState> STATES =
            Stream.of(PeriodState.values()).collect(Collectors.toMap(PeriodState::letter, Function.identity()));

    private static final DateTimeFormatter YEAR = DateTimeFormatter.ofPattern("uuuu");

    private final Shape shape;
    private final NavigableMap<String, String> rows;

    /** The rows of periods of a unit, from years to minutes. */
    public PeriodRows(ChronoUnit unit, SortedMap<String, String> rows) {
        this.shape = Shape.of(unit);
        this.rows = new TreeMap<>(rows);
    }

    /** The arrangement of a unit's periods in rows. */
    private enum Shape {
        YEARS(ChronoUnit.YEARS, "uuuu", ChronoField.YEAR, 10),
        MONTHS(ChronoUnit.MONTHS, "uuuu", ChronoField.MONTH_OF_YEAR, 12),
        DAYS(ChronoUnit.DAYS, "uuuu-MM", ChronoField.DAY_OF_MONTH, 31),
        HOURS(ChronoUnit.HOURS, "uuuu-MM-dd", ChronoField.HOUR_OF_DAY, 24),
        MINUTES(ChronoUnit.MINUTES, "uuuu-MM-dd'T'HH", ChronoField.MINUTE_OF_HOUR, 60);

        private final ChronoUnit unit;
        private final DateTimeFormatter row;
        private final ChronoField field;
        private final int width;

        Shape(ChronoUnit unit, String row, ChronoField field, int width) {
            this.unit = unit;
            this.row = DateTimeFormatter.ofPattern(row);
            this.field = field;
            this.width = width;
        }

        static Shape of(ChronoUnit unit) {
            return Stream.of(values())
                    .filter(shape -> shape.unit == unit)
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("there is no calendar of " + unit));
        }

        String row(LocalDateTime moment) {
            String text = row.format(moment);
            return this == YEARS ? text.substring(0, text.length() - 1) : text;
        }

        LocalDateTime moment(String row, int place) {
            return switch (this) {
                case YEARS -> LocalDateTime.parse(row + place + "-01-01T00:00");
                case MONTHS -> LocalDateTime.parse(row + "-01-01T00:00").plusMonths(place);
                case DAYS -> LocalDateTime.parse(row + "-01T00:00").plusDays(place);
                case HOURS -> LocalDateTime.parse(row + "T00:00").plusHours(place);
                case MINUTES -> LocalDateTime.parse(row + ":00").plusMinutes(place);
            };
        }

        int index(LocalDateTime moment) {
            return this == YEARS
                    ? moment.getYear() % width
                    : moment.get(field) - (int) field.range().getMinimum();
        }
    }

    /** The letters by row; a dot for a period with unknown state. */
    public SortedMap<String, String> rows() {
        return rows;
    }

    /** The maximum number of periods in a row. */
    public int width() {
        return shape.width;
    }

    /**
     * The beginning of the period at an index of a row; a day that a month does not have is the first of the next
     * month.
     */
    public LocalDateTime moment(String row, int place) {
        return shape.moment(row, place);
    }

    /** The state of the period at a time; empty if it is unknown. */
    public Optional<PeriodState> at(LocalDateTime moment) {
        String row = rows.getOrDefault(shape.row(moment), "");
        int index = shape.index(moment);
        return index < row.length() ? state(row.charAt(index)) : Optional.empty();
    }

    /** The state for a letter; empty for a dot. */
    public static Optional<PeriodState> state(char letter) {
        return Optional.ofNullable(STATES.get(letter));
    }

    public void set(LocalDateTime moment, PeriodState state) {
        put(moment, state.letter());
    }

    /** Sets the state of a period to unknown. */
    void clear(LocalDateTime moment) {
        put(moment, NOTHING);
        rows.computeIfPresent(
                shape.row(moment), (name, row) -> row.chars().allMatch(letter -> letter == NOTHING) ? null : row);
    }

    private void put(LocalDateTime moment, char letter) {
        StringBuilder row = new StringBuilder(
                rows.getOrDefault(shape.row(moment), Character.toString(NOTHING).repeat(shape.width)));
        row.setCharAt(shape.index(moment), letter);
        rows.put(shape.row(moment), row.toString());
    }

    /** Removes the rows of more than five years before the last one. */
    void trim() {
        if (rows.isEmpty()) {
            return;
        }
        rows.headMap(newestRemoved(), true).clear();
        while (rows.size() > PERIODS / shape.width) {
            rows.pollFirstEntry();
        }
    }

    /** Whether the row of a period, if it were added, would not be removed. */
    boolean keeps(LocalDateTime moment) {
        if (rows.isEmpty()) {
            return true;
        }
        String row = shape.row(moment);
        return row.compareTo(newestRemoved()) > 0
                && (rows.size() < PERIODS / shape.width || row.compareTo(rows.firstKey()) >= 0);
    }

    /** The row five years before the last one; before all rows, where a row is years. */
    private String newestRemoved() {
        if (shape == Shape.YEARS) {
            return "";
        }
        String last = rows.lastKey();
        int year = Integer.parseInt(last.substring(0, 4)) - YEARS;
        return YEAR.format(LocalDateTime.of(Math.max(year, 0), 1, 1, 0, 0)) + last.substring(4);
    }

    /** The number of periods in this state. */
    public long count(PeriodState state) {
        return all(state).count();
    }

    /** The beginnings of the periods in this state. */
    Stream<LocalDateTime> all(PeriodState state) {
        return rows.entrySet().stream()
                .flatMap(row -> IntStream.range(0, row.getValue().length())
                        .filter(place -> row.getValue().charAt(place) == state.letter())
                        .mapToObj(place -> moment(row.getKey(), place)));
    }

    /** The beginnings of all periods between two times, both included, up to the maximum number of periods. */
    public Stream<LocalDateTime> between(LocalDateTime first, LocalDateTime last) {
        long count = Math.min(PERIODS, shape.unit.between(first, last) + 1);
        return IntStream.range(0, (int) Math.max(0, count)).mapToObj(i -> first.plus(i, shape.unit));
    }

    /** The last of the periods {@link #between} two times, if these are more than the maximum number. */
    Stream<LocalDateTime> upTo(LocalDateTime first, LocalDateTime last) {
        long before = Math.max(0, shape.unit.between(first, last) + 1 - PERIODS);
        return between(first.plus(before, shape.unit), last);
    }
}
