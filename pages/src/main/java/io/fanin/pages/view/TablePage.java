package io.fanin.pages.view;

import io.fanin.core.history.Calendar;
import io.fanin.core.history.PeriodRows;
import io.fanin.core.history.PeriodState;
import io.fanin.core.history.RunEntry;
import io.fanin.core.history.TableHistory;
import io.fanin.core.history.TableHistory.Subject;
import io.fanin.core.record.PublishedParameters;
import io.fanin.core.record.TableRecord;
import io.fanin.model.failure.FailureAdvice;
import io.fanin.model.names.StateKeys;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.run.ExecutionArn;
import io.fanin.model.run.RunId;
import io.fanin.model.table.TableName;
import io.fanin.model.table.TableProgress;
import io.fanin.pages.view.Frame.Fact;
import io.fanin.pages.view.Frame.Link;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The page of a table: its outstanding partitions, its periods, its last runs.
 *
 * @param advice a better remedy than to redrive the outstanding partitions, or an empty string if there is none
 * @param next the command for the outstanding partitions; absent if there are none, or if only another spec would help
 * @param calendar absent if the table has no periods
 * @param values for a table without periods: the partitions registered last, the newest first
 */
public record TablePage(
        Frame frame,
        String advice,
        Optional<NextCommand> next,
        List<FailureGroup> failures,
        Optional<CalendarView> calendar,
        List<ValueRow> values,
        RunsView runs,
        List<WaivedRow> waived,
        List<LackingRow> badRecords) {

    /** The maximum length of the text about names whose data is not read, with two shortened examples. */
    private static final int MAX_UNFIT = 600;

    public TablePage {
        failures = List.copyOf(failures);
        values = List.copyOf(values);
        waived = List.copyOf(waived);
        badRecords = List.copyOf(badRecords);
    }

    /** A partition of a table without periods. */
    public record ValueRow(String partition, String rows, String ended, Link run) {}

    /** A partition that was registered without some of its records. */
    public record LackingRow(String partition, String count, Link run) {}

    /**
     * The page of a table, as its last run writes it.
     *
     * @param record contains the outstanding and waived partitions
     */
    public static TablePage of(
            TableName table, TableHistory history, Calendar calendar, TableRecord record, Instant now) {
        String written =
                history.lastRun().map(entry -> Frame.written(now, entry.run())).orElseGet(() -> Frame.written(now));
        return of(table, history, calendar, record, now, written);
    }

    /** The page of a table as it is now. */
    public static TablePage live(
            TableName table, TableHistory history, Calendar calendar, TableRecord record, Instant now) {
        return of(table, history, calendar, record, now, Frame.written(now));
    }

    private static TablePage of(
            TableName table, TableHistory history, Calendar calendar, TableRecord record, Instant now, String written) {
        List<PartitionKey> keys = history.subject().map(Subject::keys).orElse(List.of());
        Optional<CalendarView> periods = CalendarView.of(table, calendar, keys, record);
        String firstMissing = periods.flatMap(CalendarView::firstMissing)
                .map(first -> "the first is " + Texts.period(first))
                .orElse("");
        boolean needsAnotherSpec = FailureAdvice.needsAnotherSpec(record.outstanding().stream()
                .map(failure -> failure.failure().error())
                .toList());
        return new TablePage(
                new Frame(
                        table.toString(),
                        List.of(new Link(
                                "All tables",
                                StateKeys.link(StateKeys.table(table).page(), StateKeys.TABLES_PAGE))),
                        table.toString(),
                        PublishedParameters.status(record).name(),
                        lead(history),
                        ReaderGuarantees.of(record),
                        facts(history, calendar, firstMissing, record, now),
                        Frame.periodsIn(record.tableProgress(), written)),
                needsAnotherSpec ? FailureAdvice.ANOTHER_SPEC : hintAtSpec(history, record),
                record.outstanding().isEmpty() || needsAnotherSpec
                        ? Optional.empty()
                        : Optional.of(next(table, history, record, now)),
                FailureGroup.of(record, keys),
                periods,
                calendar.values().reversed().stream()
                        .map(value -> new ValueRow(
                                Texts.name(value.partition()),
                                value.rows().isPresent()
                                        ? Texts.count(value.rows().getAsLong())
                                        : "",
                                Texts.time(value.ended()),
                                RunsView.link(table, value.run(), value.ended(), now)))
                        .toList(),
                RunsView.of(table, history.runs(), now),
                WaivedRow.of(record.waived().stream()
                        .map(waived -> waived.named(keys))
                        .toList()),
                history.badRecords().reversed().stream()
                        .map(one -> new LackingRow(
                                Texts.name(one.partition()),
                                Texts.count(one.count()),
                                history.run(one.run())
                                        .map(run -> RunsView.link(table, one.run(), run.ended(), now))
                                        .orElseGet(() -> RunsView.link(table, one.run(), now, now))))
                        .toList());
    }

    /** The time by which a table is behind; absent if that is not known, or the period has not begun yet. */
    static Optional<Duration> behind(TableProgress progress, Instant now) {
        return progress.behind(now).filter(length -> !length.isNegative());
    }

    private static String lead(TableHistory history) {
        Stream<String> subject = history.subject().stream()
                .flatMap(of -> Stream.of(of.location(), of.layout(), of.format(), of.processor()));
        Stream<String> lastRun = history.lastRun().stream().map(run -> "last run " + Texts.time(run.ended()));
        return Stream.concat(subject, lastRun).map(Texts::name).collect(Collectors.joining(" · "));
    }

    private static List<Fact> facts(
            TableHistory history, Calendar calendar, String firstMissing, TableRecord record, Instant now) {
        List<Fact> facts = new ArrayList<>();
        Texts.completeThrough(record.tableProgress()).ifPresent(facts::add);
        behind(record.tableProgress(), now)
                .ifPresent(length -> facts.add(new Fact("Behind", Texts.length(length), "when written")));
        facts.add(Fact.of("Outstanding", record.outstanding().size()));
        record.progress()
                .missing()
                .ifPresent(count -> facts.add(new Fact("Missing", Texts.count(count), firstMissing)));
        facts.add(Fact.of("Waived", record.waived().size()));
        PublishedParameters.unverified(record)
                .ifPresent(count -> facts.add(new Fact("Unverified", Texts.count(count), "never looked at by a run")));
        if (record.isLeftOut()) {
            facts.add(new Fact("Runs of all tables", "leave it out", "fanin tables says why"));
        }
        record.unfit()
                .ifPresent(unfit -> facts.add(new Fact(
                        "Names that are not read", Texts.count(unfit.names()), Texts.prose(unfit.text(), MAX_UNFIT))));
        calendar.unit().ifPresent(unit -> {
            PeriodRows rows = new PeriodRows(unit, calendar.rows());
            facts.add(new Fact(
                    "Registered",
                    Texts.count(rows.count(PeriodState.REGISTERED) + rows.count(PeriodState.LATE)),
                    unit.name().toLowerCase(Locale.ROOT) + from(unit, rows)));
        });
        long bad = history.runs().stream()
                .map(run -> run.counts().badRecords())
                .flatMapToLong(OptionalLong::stream)
                .sum();
        if (bad > 0) {
            facts.add(new Fact("Bad records", Texts.count(bad), "in the last " + TableHistory.RUNS + " runs"));
        }
        return facts;
    }

    /**
     * The beginning of the periods that are kept, as text. A row holds the hours of a day, or the years of a decade.
     */
    private static String from(ChronoUnit unit, PeriodRows rows) {
        if (rows.rows().isEmpty()) {
            return "";
        }
        String first = rows.rows().firstKey();
        return " from "
                + switch (unit) {
                    case YEARS -> first + "0";
                    case MINUTES -> Texts.period(rows.moment(first, 0));
                    default -> first;
                }
                + " on";
    }

    /**
     * The hint on the last run's page that the spec is probably the cause, if all outstanding partitions failed in that
     * run.
     */
    private static String hintAtSpec(TableHistory history, TableRecord record) {
        return history.lastRun()
                .filter(last -> last.detail().hintsAtSpec().isPresent()
                        && record.failedRuns().equals(List.of(last.run())))
                .map(last -> FailureAdvice.PROBABLY_SPEC)
                .orElse("");
    }

    /**
     * The command that continues the last run that failed, which can process all outstanding partitions. All runs are
     * of one stack.
     */
    private static NextCommand next(TableName table, TableHistory history, TableRecord record, Instant now) {
        RunId run = record.failedRuns().getFirst();
        Optional<RunEntry> entry = history.run(run);
        Instant failed = record.outstanding().stream()
                .filter(failure -> failure.run().equals(run))
                .flatMap(failure -> failure.at().stream())
                .max(Comparator.naturalOrder())
                .orElse(now);
        return NextCommand.of(
                new NextCommand.Left(
                        table,
                        run,
                        entry.flatMap(RunEntry::execution)
                                .map(execution -> new ExecutionArn(execution).name())
                                .or(run::executionName),
                        entry.flatMap(RunEntry::begun).orElse(failed),
                        failed,
                        entry.flatMap(found -> found.detail().held()).orElse(false),
                        record.outstanding().stream().anyMatch(record::isSetAside)),
                entry.or(history::lastRun)
                        .flatMap(RunEntry::execution)
                        .map(execution -> new ExecutionArn(execution).options())
                        .orElse(""),
                now);
    }
}
