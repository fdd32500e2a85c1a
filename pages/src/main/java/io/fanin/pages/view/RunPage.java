package io.fanin.pages.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fanin.core.history.RunEntry;
import io.fanin.core.run.folder.RunStart;
import io.fanin.model.cost.TableSeries;
import io.fanin.model.failure.FailureAdvice;
import io.fanin.model.json.Json;
import io.fanin.model.layout.Skip;
import io.fanin.model.layout.SkipReason;
import io.fanin.model.names.StateKeys;
import io.fanin.model.names.StateKeys.RunKeys;
import io.fanin.model.run.ExecutionArn;
import io.fanin.model.run.PartitionLabel;
import io.fanin.model.run.RunCount;
import io.fanin.model.run.RunCounts;
import io.fanin.model.run.RunReport;
import io.fanin.model.run.UnmatchedNames;
import io.fanin.model.run.detection.DetectionCounts;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.MissingPeriods;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.table.Column;
import io.fanin.model.text.Counted;
import io.fanin.pages.view.Frame.Fact;
import io.fanin.pages.view.Frame.Link;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The page of a run, with the actions that it requires at the top.
 *
 * @param advice a better remedy than a redrive, or an empty string if there is none
 * @param next the command for the outstanding partitions; absent if there are none, or if only another spec would help
 * @param skipped names and partitions that were neither registered nor failed
 * @param spec as JSON; empty if it has expired
 */
public record RunPage(
        Frame frame,
        List<Link> links,
        String advice,
        Optional<NextCommand> next,
        List<FailureGroup> failures,
        List<SkippedRow> skipped,
        DataCaveats kept,
        List<Fact> actions,
        String spec) {

    private static final int SAMPLE = 10;
    private static final int MAX_DETAIL = 200;

    /** The maximum length of the spec, whose SQL may be long. */
    private static final int MAX_SPEC = 60_000;

    private static final String CHANGED_SINCE =
            "A later run has changed the table: its page says how it is now. After this one: ";

    public RunPage {
        links = List.copyOf(links);
        failures = List.copyOf(failures);
        skipped = List.copyOf(skipped);
        actions = List.copyOf(actions);
    }

    /**
     * Skipped names or partitions of one kind.
     *
     * @param first the first ones by name
     */
    public record SkippedRow(String what, String count, List<String> first) {}

    /**
     * Partitions that are registered without some records, and waived partitions.
     *
     * @param badRecords the number of the records and their location, or an empty string for none
     */
    public record DataCaveats(String badRecords, List<PartitionWithBadRecords> lacking, List<WaivedRow> waived) {}

    /** A partition without some of its records. */
    public record PartitionWithBadRecords(String partition, String count) {}

    /**
     * The page of a run, as its last pass writes it.
     *
     * @param series the metrics that each table of the stack has of its own
     */
    public static RunPage of(StoredRun run, TableSeries series, Instant now) {
        return of(run, series, now, Frame.written(now, run.report().header().run()), true);
    }

    /**
     * The page of a run as it is now.
     *
     * @param isLast whether no other run has changed the table since
     */
    public static RunPage live(StoredRun run, TableSeries series, Instant now, boolean isLast) {
        return of(run, series, now, Frame.written(now), isLast);
    }

    private static RunPage of(StoredRun run, TableSeries series, Instant now, String written, boolean isLast) {
        RunReport report = run.report();
        RunReport.Header header = report.header();
        RunKeys keys = StateKeys.run(header.run());
        String table = StateKeys.table(header.table()).page();
        boolean needsAnotherSpec = FailureAdvice.needsAnotherSpec(report.ownFailures().stream()
                .map(failure -> failure.cause().error())
                .toList());
        return new RunPage(
                new Frame(
                        Texts.name(header.run().value()),
                        List.of(
                                new Link("All tables", StateKeys.link(keys.page(), StateKeys.TABLES_PAGE)),
                                new Link(header.table().toString(), StateKeys.link(keys.page(), table))),
                        "run",
                        report.status().name(),
                        lead(run),
                        (isLast ? "" : CHANGED_SINCE) + ReaderGuarantees.of(report),
                        facts(run, series),
                        Frame.periodsIn(report.progress(), written)),
                Stream.concat(
                                header.execution().map(ExecutionArn::new).stream()
                                        .filter(arn -> !arn.isOfEmulator())
                                        .flatMap(arn -> arn.console().stream())
                                        .map(url -> new Link("Open in Step Functions", url)),
                                Stream.of(new Link(StateKeys.REPORT, StateKeys.link(keys.page(), keys.report()))))
                        .toList(),
                advice(report, needsAnotherSpec),
                needsAnotherSpec || !isLast || report.failures().isEmpty()
                        ? Optional.empty()
                        : Optional.of(next(run, now)),
                FailureGroup.of(report),
                Stream.concat(run.detection().stream().flatMap(seen -> skipped(seen.counts())), skipped(report))
                        .toList(),
                kept(report),
                Stream.of(
                                run.detection().map(RunPage::detected).stream(),
                                run.start().map(known -> processed(known, report)).stream(),
                                actions(report).stream())
                        .flatMap(Function.identity())
                        .toList(),
                run.start().map(RunStart::spec).map(RunPage::text).orElse(""));
    }

    private static String advice(RunReport report, boolean needsAnotherSpec) {
        if (needsAnotherSpec) {
            return FailureAdvice.ANOTHER_SPEC;
        }
        return report.hintsAtSpec() ? FailureAdvice.PROBABLY_SPEC : "";
    }

    private static NextCommand next(StoredRun run, Instant now) {
        RunReport report = run.report();
        RunReport.Header header = report.header();
        Optional<ExecutionArn> execution = header.execution().map(ExecutionArn::new);
        Instant ended = run.entry().map(RunEntry::ended).or(header::begun).orElse(now);
        return NextCommand.of(
                new NextCommand.Left(
                        header.table(),
                        header.run(),
                        execution.map(ExecutionArn::name).or(header.run()::executionName),
                        header.begun().orElse(ended),
                        ended,
                        isHeld(run),
                        report.ownFailures().stream().anyMatch(RunReport.Outstanding::setAside)),
                execution.map(ExecutionArn::options).orElse(""),
                now);
    }

    /** Whether the run's execution waits for a redrive. If its start document has expired, its report decides. */
    private static boolean isHeld(StoredRun run) {
        return run.start()
                .map(known -> known.holds(run.report()))
                .orElseGet(() -> run.report().asksForRedrive());
    }

    private static String lead(StoredRun run) {
        RunReport report = run.report();
        Optional<Instant> begun = report.header().begun();
        String when = begun.map(Texts::time).orElse("")
                + run.entry()
                        .map(entry -> (begun.isPresent() ? " to " : "ended ") + Texts.time(entry.ended()))
                        .orElse("");
        return Stream.of(
                        report.header().table().toString(),
                        when,
                        "pass " + report.header().pass(),
                        Texts.name(report.header().location()))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" · "));
    }

    private static List<Fact> facts(StoredRun run, TableSeries series) {
        RunReport report = run.report();
        List<Fact> facts = new ArrayList<>();
        for (RunCount count : RunCount.values()) {
            if (!count.title().isEmpty()) {
                count.of(report.counts())
                        .ifPresent(number -> facts.add(
                                new Fact(count.title(), Texts.count(number), detail(count, report.counts()))));
            }
        }
        run.entry().flatMap(RunEntry::took).ifPresent(length -> facts.add(Fact.of("Took", Texts.length(length))));
        Cost.of(report.details(), series).ifPresent(facts::add);
        Texts.completeThrough(report.progress()).ifPresent(facts::add);
        return facts;
    }

    private static String detail(RunCount count, RunCounts counts) {
        return count == RunCount.OUTSTANDING && counts.setAside() > 0
                ? Texts.count(counts.setAside()) + " set aside"
                : "";
    }

    private static Stream<SkippedRow> skipped(DetectionCounts counts) {
        List<SkippedRow> rows = new ArrayList<>();
        add(
                rows,
                "Waiting: not ready yet",
                counts.waiting().count(),
                named(counts.waiting().sample()));
        add(
                rows,
                "Set aside: failed too often",
                counts.setAside().count(),
                named(counts.setAside().sample()));
        add(
                rows,
                "No prefix for the period",
                counts.missing().count(),
                counts.missing().sample().stream().map(MissingPeriods.Stretch::text));
        counts.skips()
                .reasons()
                .forEach((reason, count) -> add(
                        rows,
                        "Skipped: " + reason,
                        count,
                        skipped(counts.skips().sample(), reason)));
        return rows.stream();
    }

    private static Stream<SkippedRow> skipped(RunReport report) {
        List<SkippedRow> rows = new ArrayList<>();
        add(
                rows,
                "Not registered",
                report.skipped().count(),
                named(report.skipped().sample()));
        List<PartitionLabel> gone = report.details().changes().vanishedSample();
        add(rows, "Data is gone", gone.isEmpty() ? 0 : Math.max(gone.size(), gone(report.counts())), named(gone));
        UnmatchedNames names = report.details().names();
        addNames(rows, "Fields that are not columns", names.unknownColumns());
        addNames(rows, "Columns that are null in every row", names.emptyColumns());
        return rows.stream();
    }

    /** The number of partitions whose data no longer exists, deregistered or not. */
    private static long gone(RunCounts counts) {
        return counts.gone().vanished().orElse(0) + counts.gone().deregistered().orElse(0);
    }

    /** Reports keep the first names only. */
    private static void addNames(List<SkippedRow> rows, String what, List<String> names) {
        if (!names.isEmpty()) {
            rows.add(new SkippedRow(
                    what,
                    (names.size() < UnmatchedNames.MAX ? "" : "at least ") + Texts.count(names.size()),
                    names.stream().limit(SAMPLE).map(Texts::name).toList()));
        }
    }

    private static void add(List<SkippedRow> rows, String what, long count, Stream<String> first) {
        if (count > 0) {
            rows.add(
                    new SkippedRow(what, Texts.count(count), first.limit(SAMPLE).toList()));
        }
    }

    private static Stream<String> named(List<PartitionLabel> sample) {
        return sample.stream()
                .map(named -> Texts.name(named.partition())
                        + (named.detail().isEmpty() ? "" : ": " + Texts.prose(named.detail(), MAX_DETAIL)));
    }

    private static Stream<String> skipped(List<Skip> sample, SkipReason reason) {
        return sample.stream()
                .filter(skip -> skip.reason() == reason)
                .map(skip -> Texts.name(skip.prefix()) + ": " + Texts.prose(skip.detail(), MAX_DETAIL));
    }

    private static DataCaveats kept(RunReport report) {
        OptionalLong count = report.counts().badRecords();
        String where = report.details()
                .quarantine()
                .map(folder -> ", kept in " + Texts.name(folder))
                .orElse("");
        return new DataCaveats(
                count.isEmpty() ? "" : Counted.of(count.getAsLong(), "record") + " left out" + where,
                lacking(report.details().badRecordsSample(), count.orElse(0)),
                WaivedRow.of(report.details().waivers()));
    }

    /** The sampled partitions with their bad records, and the number of bad records in all others. */
    private static List<PartitionWithBadRecords> lacking(List<RunReport.BadRecords> sample, long all) {
        long others =
                all - sample.stream().mapToLong(RunReport.BadRecords::count).sum();
        return Stream.concat(
                        sample.stream()
                                .map(one -> new PartitionWithBadRecords(
                                        Texts.name(one.partition()), Texts.count(one.count()))),
                        others > 0
                                ? Stream.of(new PartitionWithBadRecords("others", Texts.count(others)))
                                : Stream.empty())
                .toList();
    }

    private static Fact detected(DetectionReport seen) {
        return Fact.of(
                "Detected",
                Counted.of(seen.counts().found(), "prefix", "prefixes") + " seen"
                        + seen.from()
                                .map(from -> " from " + from.replace('T', ' ') + " on")
                                .orElse("")
                        + seen.counts().pending().reasons().entrySet().stream()
                                .map(reason -> ", " + Texts.count(reason.getValue()) + " " + reason.getKey())
                                .collect(Collectors.joining()));
    }

    private static Fact processed(RunStart start, RunReport report) {
        return Fact.of("Processed", start.spec().processor().type() + millis(report));
    }

    private static List<Fact> actions(RunReport report) {
        List<Fact> actions = new ArrayList<>();
        report.details().usage().ifPresent(usage -> {
            actions.add(Fact.of(
                    "Requests",
                    usage.functions().requests().entrySet().stream()
                            .map(request -> request.getKey() + " " + Texts.count(request.getValue()))
                            .collect(Collectors.joining(" · "))));
            actions.add(Fact.of("State transitions", usage.stateTransitions()));
        });
        report.details()
                .changes()
                .vanishedKept()
                .ifPresent(why -> actions.add(Fact.of("Nothing deregistered", Texts.prose(why, MAX_DETAIL))));
        report.details()
                .changes()
                .addedColumns()
                .ifPresent(added -> actions.add(Fact.of("Added columns", names(added.columns()))));
        return actions;
    }

    private static String names(List<Column> columns) {
        int more = columns.size() - SAMPLE;
        return columns.stream()
                        .limit(SAMPLE)
                        .map(column -> Texts.name(column.name()))
                        .collect(Collectors.joining(", "))
                + (more > 0 ? ", and " + Texts.count(more) + " more" : "");
    }

    private static String millis(RunReport report) {
        OptionalLong millis = report.details().millisPerPartition();
        return millis.isEmpty() ? "" : ", " + Texts.count(millis.getAsLong()) + " ms a partition";
    }

    private static String text(ResolvedSpec spec) {
        try {
            String text = Json.documents().writerWithDefaultPrettyPrinter().writeValueAsString(spec);
            return Texts.lines(text, MAX_SPEC);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a spec that was read can be written", e);
        }
    }
}
