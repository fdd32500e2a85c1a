package io.fanin.pages.view;

import io.fanin.core.alltables.AllTablesReport;
import io.fanin.core.alltables.LastResults;
import io.fanin.core.alltables.TableOutcome;
import io.fanin.core.alltables.TableResult;
import io.fanin.core.history.DamagedDocument;
import io.fanin.core.history.RunEntry;
import io.fanin.core.history.StackHistories;
import io.fanin.core.history.TableHistory;
import io.fanin.core.tables.SkippedTable;
import io.fanin.model.names.StateKeys;
import io.fanin.model.run.RunId;
import io.fanin.model.run.TableStatus;
import io.fanin.model.run.detection.UnfitNames;
import io.fanin.model.table.TableName;
import io.fanin.model.text.Counted;
import io.fanin.pages.view.Frame.Fact;
import io.fanin.pages.view.Frame.Link;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The page of all tables, with those that need attention first.
 *
 * @param left the number of tables that are not shown; empty for none
 * @param needy the number of tables that need attention: partial ones, those whose run has failed, and those whose
 *     history cannot be read
 */
public record TablesPage(Frame frame, List<Row> rows, String left, long needy) {

    /** The maximum number of tables. */
    private static final int ROWS = 1_000;

    private static final String NEVER = "NEVER RUN";

    private static final String FAILED = "FAILED";

    private static final String LEFT_OUT = "LEFT OUT";

    private static final String UNREADABLE = "UNREADABLE";

    private static final int STEP = 8;

    private static final int MAX_WHY = 200;

    /** The maximum length of the advice about a damaged document, so that its command is not cut off. */
    private static final int MAX_ADVICE = 2_000;

    public TablesPage {
        rows = List.copyOf(rows);
    }

    /**
     * A table.
     *
     * @param behind how far; empty if not known
     * @param why the error words of its failures
     * @param trend the table's status after each of the last runs
     */
    public record Row(
            Link table,
            String status,
            String behind,
            String outstanding,
            String why,
            String trendLabel,
            Trend trend,
            String lastRun) {

        /** The status's class in the style sheet. */
        public String kind() {
            return switch (status) {
                case NEVER -> "NEVER";
                case LEFT_OUT, UNREADABLE -> FAILED;
                default -> status;
            };
        }
    }

    /**
     * The status of a table after its last runs, the last one on the right, as paths of SVG: the bar of a partial table
     * is twice as high.
     */
    public record Trend(String complete, String partial) {

        static Trend of(List<RunEntry> runs) {
            return new Trend(bars(runs, TableStatus.COMPLETE, 6), bars(runs, TableStatus.PARTIAL, 12));
        }

        private static String bars(List<RunEntry> runs, TableStatus status, int height) {
            return IntStream.range(0, runs.size())
                    .filter(i -> runs.get(i).status() == status)
                    .mapToObj(i -> "M" + i * STEP + " 13h6v-" + height + "h-6z")
                    .collect(Collectors.joining());
        }
    }

    /**
     * A table, or a spec that names no table, with the documents for its row.
     *
     * @param damaged its history, if it cannot be read
     * @param leftOut the reason why the run of all tables has left it out by mistake
     */
    private record Known(
            String name,
            TableHistory history,
            Optional<DamagedDocument> damaged,
            Optional<TableResult> result,
            Optional<SkippedTable> leftOut) {

        Optional<RunEntry> last() {
            return history.lastRun();
        }

        boolean isLeftOut() {
            return leftOut.isPresent();
        }

        boolean hasFailed() {
            return result.filter(one -> one.outcome() == TableOutcome.FAILED).isPresent();
        }

        /** The result of a table that is partial, where its history, which may lack a pass, does not say so. */
        Optional<TableResult> onlyFoundPartial() {
            return wasPartial() ? Optional.empty() : result.filter(one -> one.outcome() == TableOutcome.PARTIAL);
        }

        private boolean wasPartial() {
            return last().filter(run -> run.status() == TableStatus.PARTIAL).isPresent();
        }

        String status() {
            if (isLeftOut()) {
                return LEFT_OUT;
            }
            if (hasFailed()) {
                return FAILED;
            }
            if (damaged.isPresent()) {
                return UNREADABLE;
            }
            return onlyFoundPartial().isPresent()
                    ? TableStatus.PARTIAL.name()
                    : last().map(run -> run.status().name()).orElse(NEVER);
        }

        boolean needsSomebody() {
            return hasFailed()
                    || damaged.isPresent()
                    || wasPartial()
                    || onlyFoundPartial().isPresent();
        }

        long outstanding() {
            return onlyFoundPartial()
                    .map(one -> one.outstanding().orElse(0))
                    .orElseGet(
                            () -> last().map(run -> run.counts().outstanding()).orElse(0L));
        }

        Optional<Duration> behind(Instant now) {
            return last().flatMap(run -> TablePage.behind(run.detail().progress(), now));
        }

        private static Stream<String> reasons(RunEntry run) {
            long missing = run.counts().missing().orElse(0);
            return Stream.concat(
                    run.detail().reasons().keySet().stream(),
                    missing == 0 ? Stream.empty() : Stream.of(Counted.of(missing, "missing period")));
        }

        private static Optional<String> failure(TableResult failed) {
            return failed.error()
                    .map(word -> failed.execution().map(name -> name + ": ").orElse("")
                            + word
                            + failed.message().map(text -> ": " + text).orElse(""));
        }

        String why() {
            if (isLeftOut()) {
                return Texts.prose(leftOut.get().reason() + ": " + leftOut.get().message(), MAX_WHY);
            }
            if (!hasFailed() && damaged.isPresent()) {
                return Texts.prose(damaged.get().message(), MAX_WHY) + ": "
                        + Texts.prose(damaged.get().advice(), MAX_ADVICE);
            }
            Stream<String> reasons = last().stream().flatMap(Known::reasons);
            Stream<String> error =
                    result.filter(one -> hasFailed()).or(this::onlyFoundPartial).flatMap(Known::failure).stream();
            Stream<String> remark = (result.isPresent()
                            ? result.filter(one -> one.outcome().isFine()).flatMap(TableResult::message)
                            : history.unfit().filter(any -> !needsSomebody()).map(UnfitNames::textWithAdvice))
                    .stream();
            return Texts.prose(
                    Stream.concat(Stream.concat(error, reasons), remark).collect(Collectors.joining(", ")), MAX_WHY);
        }
    }

    /**
     * The page of all tables, made outside a run of all tables.
     *
     * @param last the last results of runs of all tables
     */
    public static TablesPage of(StackHistories histories, LastResults last, Instant now) {
        return of(histories, standing(last, histories).toList(), last.skipped(), now, Frame.written(now));
    }

    /**
     * The page of all tables after a run of all of them. A failure of the run is among the last results, unless a newer
     * run has replaced it.
     *
     * @param last the results after the run
     */
    public static TablesPage of(StackHistories histories, AllTablesReport run, LastResults last, Instant now) {
        Stream<TableResult> others = run.results().stream().filter(result -> result.outcome() != TableOutcome.FAILED);
        return of(
                histories,
                Stream.concat(standing(last, histories), others).toList(),
                last.skipped(),
                now,
                Frame.written(now, run.run()));
    }

    /** The tables whose execution failed in a run of all tables, and that no later execution has processed. */
    private static Stream<TableResult> standing(LastResults last, StackHistories histories) {
        return last.failed().stream()
                .filter(failed -> Optional.ofNullable(
                                histories.readable().get(failed.result().table()))
                        .flatMap(TableHistory::lastRun)
                        .filter(run -> isOver(failed, run))
                        .isEmpty())
                .map(LastResults.Failed::result);
    }

    /** Whether the last run of a table ends a failure. A pass of the failed execution only does if it is complete. */
    private static boolean isOver(LastResults.Failed failed, RunEntry last) {
        boolean isOwn = failed.result()
                .execution()
                .filter(name -> new RunId(name).equals(last.run()))
                .isPresent();
        return last.begun().orElse(last.ended()).isAfter(failed.at())
                && !(isOwn && last.status() == TableStatus.PARTIAL);
    }

    private static TablesPage of(
            StackHistories histories,
            List<TableResult> lastResults,
            List<SkippedTable> leftOut,
            Instant now,
            String written) {
        Map<String, TableHistory> known = byText(histories.readable());
        Map<String, DamagedDocument> damaged = byText(histories.damaged());
        Map<String, TableResult> results = byText(lastResults.stream(), TableResult::table, one -> one);
        Map<String, SkippedTable> skipped = byText(
                leftOut.stream(), one -> one.table().<Object>map(name -> name).orElseGet(one::what), one -> one);
        List<Known> tables = Stream.of(known, damaged, results, skipped)
                .flatMap(all -> all.keySet().stream())
                .distinct()
                .map(name -> new Known(
                        name,
                        known.getOrDefault(name, TableHistory.NEW),
                        Optional.ofNullable(damaged.get(name)),
                        Optional.ofNullable(results.get(name)),
                        Optional.ofNullable(skipped.get(name))))
                .sorted(Comparator.comparing(Known::isLeftOut)
                        .thenComparing(Known::hasFailed)
                        .thenComparing(Known::needsSomebody)
                        .thenComparingLong(Known::outstanding)
                        .thenComparing(one -> one.behind(now).orElse(Duration.ZERO))
                        .reversed()
                        .thenComparing(Known::name))
                .toList();
        long needy = tables.stream().filter(Known::needsSomebody).count();
        return new TablesPage(
                frame(tables, now, written),
                tables.stream().limit(ROWS).map(one -> row(one, now)).toList(),
                tables.size() <= ROWS ? "" : "and " + Texts.count(tables.size() - ROWS) + " more tables",
                needy);
    }

    private static <V> Map<String, V> byText(Map<TableName, V> all) {
        return byText(all.entrySet().stream(), Map.Entry::getKey, Map.Entry::getValue);
    }

    private static <T, V> Map<String, V> byText(Stream<T> all, Function<T, Object> key, Function<T, V> value) {
        return all.collect(Collectors.toMap(one -> key.apply(one).toString(), value, (one, same) -> one));
    }

    private static Frame frame(List<Known> tables, Instant now, String written) {
        long toSee = tables.stream()
                .filter(known -> known.isLeftOut() || known.needsSomebody())
                .count();
        Optional<Duration> furthest =
                tables.stream().flatMap(known -> known.behind(now).stream()).max(Comparator.naturalOrder());
        Stream<Fact> counts = Stream.of(
                Fact.of("Complete", count(tables, TableStatus.COMPLETE.name())),
                Fact.of("Partial", count(tables, TableStatus.PARTIAL.name())),
                Fact.of("Failed", count(tables, FAILED)),
                Fact.of(
                        "Outstanding partitions",
                        tables.stream().mapToLong(Known::outstanding).sum()));
        return new Frame(
                "All tables",
                List.of(),
                "",
                "",
                Counted.of(tables.size(), "table") + " · " + toSee
                        + (toSee == 1 ? " needs attention" : " need attention"),
                Stream.of(
                                counts,
                                ifAny("Left out", count(tables, LEFT_OUT)),
                                ifAny("Unreadable", count(tables, UNREADABLE)),
                                furthest.stream()
                                        .map(length ->
                                                new Fact("Furthest behind", Texts.length(length), "when written")))
                        .flatMap(Function.identity())
                        .toList(),
                written);
    }

    private static Stream<Fact> ifAny(String name, long count) {
        return count == 0 ? Stream.empty() : Stream.of(Fact.of(name, count));
    }

    private static long count(List<Known> tables, String status) {
        return tables.stream().filter(known -> known.status().equals(status)).count();
    }

    private static String target(String table) {
        return StateKeys.link(
                StateKeys.TABLES_PAGE, StateKeys.table(TableName.of(table)).page());
    }

    private static Row row(Known known, Instant now) {
        List<RunEntry> runs = known.history().runs();
        return new Row(
                new Link(Texts.name(known.name()), runs.isEmpty() ? "" : target(known.name())),
                known.status(),
                known.behind(now).map(Texts::length).orElse(""),
                Texts.count(known.outstanding()),
                known.why(),
                "The last " + Counted.of(runs.size(), "run") + ", now " + known.status(),
                Trend.of(runs),
                known.last().map(run -> Texts.time(run.ended())).orElse(""));
    }
}
