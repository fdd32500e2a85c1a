package io.fanin.pages.view;

import io.fanin.core.history.Calendar;
import io.fanin.core.history.PeriodRows;
import io.fanin.core.history.PeriodState;
import io.fanin.core.record.ProgressScope;
import io.fanin.core.record.TableRecord;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionTime;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.partition.Periods;
import io.fanin.model.run.RunId;
import io.fanin.model.table.KeyZone;
import io.fanin.model.table.TableName;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The periods of a table: the newest in full, the older ones collapsed to one letter each. Built from the registered
 * periods, overlaid with the open ones of the last scan, and the outstanding or waived ones of the table's record.
 *
 * @param caption the meaning of rows and columns
 * @param columns the numbers above the columns
 * @param rows the newest periods
 * @param older the other periods, in groups of rows
 * @param firstMissing the earliest period that is missing
 */
public record CalendarView(
        String caption, List<String> columns, List<Row> rows, List<Older> older, Optional<LocalDateTime> firstMissing) {

    /** The number of periods that are shown in full, each with its run and reason. */
    private static final int IN_FULL = 800;

    /** The maximum size of the coloured part of the older periods, in characters. */
    private static final int BUDGET = 250_000;

    /** The size of a coloured letter's markup, in characters. */
    private static final int MARKUP = 22;

    private static final int MAX_WHY = 150;

    public CalendarView {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        older = List.copyOf(older);
    }

    /** The periods of a day, or of a month. */
    public record Row(String name, List<Cell> cells) {}

    /**
     * A period.
     *
     * @param kind its class in the style sheet, or an empty string if nothing is known
     * @param target the page of the run that registered it, or an empty string
     */
    public record Cell(String kind, String letter, String title, String target) {
        private static final Cell NONE = new Cell("", "", "", "");
    }

    /** The rows of a month, or of a year. */
    public record Older(String name, String summary, List<Line> lines) {}

    /** A row of letters. */
    public record Line(String name, List<Stretch> stretches) {}

    /** Consecutive letters of one colour; without a colour if the class is empty. */
    public record Stretch(String kind, String letters) {}

    /** The meaning of a letter. */
    public record Meaning(String kind, String letter, String words) {}

    /** The meanings of all letters. */
    public static List<Meaning> legend() {
        return Stream.of(PeriodState.values())
                .map(state -> new Meaning(kind(state), letter(state), state.words()))
                .toList();
    }

    /** The calendar of a table; empty if the table has no periods. */
    static Optional<CalendarView> of(TableName table, Calendar calendar, List<PartitionKey> keys, TableRecord record) {
        return calendar.unit().map(unit -> new Builder(table, calendar, unit, keys, record).view());
    }

    private static String kind(PeriodState state) {
        return state == PeriodState.WAIVED ? "v" : Character.toString(Character.toLowerCase(state.letter()));
    }

    private static String letter(PeriodState state) {
        return state == PeriodState.MISSING ? "·" : Character.toString(state.letter());
    }

    private static final class Builder {

        private final TableName table;
        private final Calendar calendar;
        private final Periods.Length length;
        private final Optional<KeyZone> zone;
        private final PeriodRows periods;
        private final Map<LocalDateTime, String> reasons = new HashMap<>();
        private final Map<LocalDateTime, RunId> runs = new HashMap<>();
        private int budget = BUDGET;

        Builder(TableName table, Calendar calendar, ChronoUnit unit, List<PartitionKey> keys, TableRecord record) {
            this.table = table;
            this.calendar = calendar;
            this.length = new Periods(keys)
                    .length()
                    .filter(known -> known.unit() == unit)
                    .orElse(new Periods.Length(unit, 1));
            this.zone = calendar.scope().flatMap(ProgressScope::timeZone);
            this.periods = new PeriodRows(unit, calendar.rows());
            PartitionTime time = new PartitionTime(keys);
            record.waived()
                    .forEach(waived -> moment(time, keys, waived.values())
                            .filter(moment ->
                                    time.isOfAllKeys() || periods.at(moment).isEmpty())
                            .ifPresent(moment -> over(
                                    moment,
                                    PeriodState.WAIVED,
                                    waived.waiver().by() + ": "
                                            + waived.waiver().reason())));
            calendar.open().forEach(open -> open(open, time.isOfAllKeys()));
            record.outstanding()
                    .forEach(failure -> moment(time, keys, failure.values()).ifPresent(moment -> {
                        over(moment, PeriodState.FAILED, failure.failure().error());
                        runs.put(moment, failure.run());
                    }));
        }

        private static Optional<LocalDateTime> moment(
                PartitionTime time, List<PartitionKey> keys, PartitionValues values) {
            return values.values().size() == keys.size() ? time.of(values) : Optional.empty();
        }

        /**
         * Overlays open periods.
         *
         * @param isAlone whether each period has exactly one partition: a period waived since the scan is then no
         *     longer open
         */
        private void open(Calendar.Open open, boolean isAlone) {
            periods.between(open.first(), open.last())
                    .filter(moment -> open.state() != PeriodState.MISSING || isMissing(moment))
                    .filter(moment -> !isAlone || !isWaived(moment))
                    .toList()
                    .forEach(moment -> over(moment, open.state(), open.why()));
        }

        private boolean isMissing(LocalDateTime moment) {
            return periods.at(moment).isEmpty() && length.begin(moment).equals(moment);
        }

        private boolean isWaived(LocalDateTime moment) {
            return periods.at(moment).filter(PeriodState.WAIVED::equals).isPresent();
        }

        private void over(LocalDateTime moment, PeriodState state, String why) {
            periods.set(moment, state);
            reasons.put(moment, why);
        }

        CalendarView view() {
            calendar.runs()
                    .reversed()
                    .forEach(run -> run.periods()
                            .forEach(stretch -> periods.between(stretch.first(), stretch.last())
                                    .forEach(moment -> runs.putIfAbsent(moment, run.run()))));
            List<String> names = List.copyOf(periods.rows().keySet());
            int full = Math.max(1, IN_FULL / periods.width());
            int first = Math.max(0, names.size() - full);
            List<Row> rows = names.subList(first, names.size()).stream()
                    .map(name -> new Row(name, cells(name)))
                    .toList();
            return new CalendarView(
                    caption(), columns(), rows, older(names.subList(0, first).reversed()), firstMissing());
        }

        private Optional<LocalDateTime> firstMissing() {
            return calendar.open().stream()
                    .filter(open -> open.state() == PeriodState.MISSING)
                    .flatMap(open -> periods.between(open.first(), open.last()))
                    .filter(moment -> periods.at(moment)
                            .filter(PeriodState.MISSING::equals)
                            .isPresent())
                    .min(Comparator.naturalOrder());
        }

        private String caption() {
            return names() + zone.map(one -> ", " + one).orElse("");
        }

        private String names() {
            return switch (length.unit()) {
                case MINUTES -> "Minutes by hour";
                case HOURS -> "Hours by day";
                case DAYS -> "Days by month";
                case MONTHS -> "Months by year";
                default -> "Years";
            };
        }

        private List<String> columns() {
            ChronoUnit unit = length.unit();
            int least = unit == ChronoUnit.DAYS || unit == ChronoUnit.MONTHS ? 1 : 0;
            return IntStream.range(least, least + periods.width())
                    .mapToObj(number -> unit == ChronoUnit.YEARS ? String.valueOf(number) : "%02d".formatted(number))
                    .toList();
        }

        private List<Cell> cells(String row) {
            String letters = periods.rows().get(row);
            return IntStream.range(0, letters.length())
                    .mapToObj(place -> PeriodRows.state(letters.charAt(place))
                            .map(state -> cell(periods.moment(row, place), state))
                            .orElseGet(() -> unknown(periods.moment(row, place))))
                    .toList();
        }

        private Cell unknown(LocalDateTime moment) {
            return zone.filter(one -> one.isSkipped(moment, length))
                    .map(one -> new Cell("", "", Texts.period(moment) + " is skipped by the clocks", ""))
                    .orElse(Cell.NONE);
        }

        /**
         * The length of a period that a clock change has made longer or shorter, in brackets; an empty string for other
         * periods.
         */
        private String length(LocalDateTime moment) {
            return zone.filter(one -> !one.isUsual(moment, length) && !one.isSkipped(moment, length))
                    .map(one -> " (" + Texts.length(Duration.between(one.begin(moment), one.end(moment, length))) + ")")
                    .orElse("");
        }

        private Cell cell(LocalDateTime moment, PeriodState state) {
            Optional<RunId> run = Optional.ofNullable(runs.get(moment));
            String why = reasons.getOrDefault(moment, "");
            return new Cell(
                    kind(state),
                    letter(state),
                    Texts.period(moment) + length(moment) + " " + state.words()
                            + (why.isEmpty() ? "" : ": " + Texts.prose(why, MAX_WHY))
                            + run.map(id -> ", run " + Texts.name(id.value())).orElse(""),
                    run.map(id -> RunsView.target(table, id)).orElse(""));
        }

        private List<Older> older(List<String> newestFirst) {
            Map<String, List<String>> groups = new LinkedHashMap<>();
            newestFirst.forEach(row ->
                    groups.computeIfAbsent(group(row), any -> new ArrayList<>()).add(row));
            return groups.entrySet().stream()
                    .map(group -> new Older(group.getKey(), summary(group.getValue()), lines(group.getValue())))
                    .toList();
        }

        /** The month of a day, the year of a month, the day of an hour. */
        private static String group(String row) {
            int end = Math.max(row.lastIndexOf('-'), row.lastIndexOf('T'));
            return end < 0 ? row : row.substring(0, end);
        }

        private String summary(List<String> rows) {
            Map<PeriodState, Integer> counts = new EnumMap<>(PeriodState.class);
            rows.forEach(row -> periods.rows()
                    .get(row)
                    .chars()
                    .forEach(letter ->
                            PeriodRows.state((char) letter).ifPresent(state -> counts.merge(state, 1, Integer::sum))));
            return counts.entrySet().stream()
                    .map(count ->
                            Texts.count(count.getValue()) + " " + count.getKey().words())
                    .collect(Collectors.joining(", "));
        }

        private List<Line> lines(List<String> rows) {
            return rows.reversed().stream()
                    .map(row -> new Line(row, stretches(periods.rows().get(row))))
                    .toList();
        }

        /** The letters of a row, coloured while the maximum size is not reached. */
        private List<Stretch> stretches(String letters) {
            List<Stretch> stretches = new ArrayList<>();
            int begin = 0;
            for (int end = 1; end <= letters.length(); end++) {
                if (end == letters.length() || letters.charAt(end) != letters.charAt(begin)) {
                    stretches.add(stretch(letters.charAt(begin), end - begin));
                    begin = end;
                }
            }
            return stretches;
        }

        private Stretch stretch(char letter, int length) {
            Optional<PeriodState> state = PeriodRows.state(letter);
            String text = state.map(CalendarView::letter).orElse(" ").repeat(length);
            boolean isColoured = state.isPresent() && budget > MARKUP;
            budget -= isColoured ? MARKUP : 0;
            return new Stretch(isColoured ? kind(state.get()) : "", text);
        }
    }
}
