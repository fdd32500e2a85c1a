package io.fanin.core.alltables;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.fanin.core.tables.SkippedTable;
import io.fanin.model.table.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The latest results, by runs of all tables, of tables whose state no pass records: those whose execution failed, and
 * those left out by mistake. A filtered run replaces only results of its own tables, and a run that ends late none of a
 * newer one.
 *
 * @param unfiltered when the newest run was started that looked at all tables; absent if there was none
 * @param leftOut tables, specs and databases
 * @param takenUp what was left out before, and of which it has yet to be told that it is over
 * @param postponed tables of which the newest run over all tables says nothing, and no later one either
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record LastResults(
        int version,
        Optional<Instant> unfiltered,
        List<Failed> failed,
        List<LeftOut> leftOut,
        List<SkippedTable> takenUp,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Postponed> postponed) {

    /** The version of this document's shape. */
    public static final int VERSION = 1;

    /** Before the first run. */
    public static final LastResults NONE =
            new LastResults(VERSION, Optional.empty(), List.of(), List.of(), List.of(), List.of());

    /**
     * How long a result stands of which no run says anything: a table may be gone that only filtered runs looked at.
     */
    private static final Duration KEPT_FOR = Duration.ofDays(7);

    /** A document without {@code postponed} has none. */
    public LastResults {
        failed = List.copyOf(failed);
        leftOut = List.copyOf(leftOut);
        takenUp = List.copyOf(takenUp);
        postponed = postponed == null ? List.of() : List.copyOf(postponed);
    }

    /**
     * A table whose execution failed.
     *
     * @param at when the run of all tables was started
     */
    public record Failed(@JsonUnwrapped TableResult result, Instant at) {}

    /**
     * A table, spec or database that is left out by mistake.
     *
     * @param at when the run of all tables was started
     */
    public record LeftOut(@JsonUnwrapped SkippedTable skipped, Instant at) {}

    /**
     * A table with which another execution was busy, or for which a run had no room.
     *
     * @param since when the newest run was started that may have said more of the table: what an older one says that
     *     ends late does not count
     */
    public record Postponed(TableName table, Instant since) {}

    /**
     * A run of all tables that has ended.
     *
     * @param started when its execution was started, whenever it was redriven since
     * @param unfiltered whether it looked at all tables: what it does not name is no table any more
     */
    public record Ended(AllTablesReport report, Instant started, boolean unfiltered) {

        private Set<TableName> with(Predicate<TableOutcome> outcome) {
            return report.results().stream()
                    .filter(result -> outcome.test(result.outcome()))
                    .map(TableResult::table)
                    .collect(Collectors.toCollection(HashSet::new));
        }

        private Set<TableName> skipped(Predicate<SkippedTable> which) {
            return report.leftOut().stream()
                    .filter(which)
                    .flatMap(one -> one.table().stream())
                    .collect(Collectors.toCollection(HashSet::new));
        }

        private Set<TableName> postponed() {
            Set<TableName> postponed = skipped(one -> one.reason() == SkippedTable.Reason.OVER_LIMIT);
            postponed.addAll(with(outcome -> outcome == TableOutcome.BUSY));
            return postponed;
        }

        /** Whether it says of a table how that is, or that it is none any more. */
        private Predicate<TableName> judged() {
            Set<TableName> postponed = postponed();
            Set<TableName> told = skipped(one -> true);
            told.addAll(with(outcome -> true));
            return table -> !postponed.contains(table) && (unfiltered || told.contains(table));
        }

        private Stream<Failed> failed() {
            return report.results().stream()
                    .filter(result -> result.outcome() == TableOutcome.FAILED)
                    .map(result -> new Failed(result, started));
        }
    }

    /** The tables, specs and databases that are left out. */
    public List<SkippedTable> skipped() {
        return leftOut.stream().map(LeftOut::skipped).toList();
    }

    /** The results after a run. */
    public LastResults after(Ended run) {
        return unfiltered.filter(run.started::isBefore).isPresent() ? afterLate(run) : afterNewest(run);
    }

    /**
     * A run that was started before the newest one over all tables ends what it has found wrong itself, or before. Its
     * failures stand where newer ones have only postponed the table.
     */
    private LastResults afterLate(Ended run) {
        Predicate<TableName> judged = run.judged();
        Set<TableName> open = postponed.stream()
                .filter(one -> !one.since.isAfter(run.started))
                .map(Postponed::table)
                .collect(Collectors.toCollection(HashSet::new));
        failed.stream().filter(one -> one.at.isAfter(run.started)).forEach(one -> open.remove(one.result.table()));
        List<Failed> failedNow =
                run.failed().filter(one -> open.contains(one.result.table())).toList();
        Set<TableName> replaced = run.with(outcome -> outcome != TableOutcome.FAILED && outcome != TableOutcome.BUSY);
        failedNow.forEach(one -> replaced.add(one.result.table()));
        return new LastResults(
                VERSION,
                unfiltered,
                Stream.concat(
                                failedNow.stream(),
                                failed.stream()
                                        .filter(one ->
                                                one.at.isAfter(run.started) || !replaced.contains(one.result.table())))
                        .toList(),
                leftOut,
                takenUp,
                postponed.stream()
                        .map(one -> open.contains(one.table) && judged.test(one.table)
                                ? new Postponed(one.table, run.started)
                                : one)
                        .toList());
    }

    private LastResults afterNewest(Ended run) {
        Set<TableName> tables = run.with(outcome -> true);
        Predicate<TableName> judged = run.judged();
        Set<String> named =
                run.report.leftOut().stream().map(SkippedTable::what).collect(Collectors.toSet());
        Instant oldest = run.started.minus(KEPT_FOR);
        Predicate<Failed> isFailed =
                one -> one.at.isAfter(oldest) && (one.at.isAfter(run.started) || !judged.test(one.result.table()));
        Set<TableName> failedLater = failed.stream()
                .filter(one -> one.at.isAfter(run.started))
                .map(one -> one.result.table())
                .collect(Collectors.toSet());
        Predicate<LeftOut> isLeftOut = one -> !named.contains(one.skipped.what())
                && one.skipped.table().filter(tables::contains).isEmpty()
                && one.at.isAfter(oldest)
                && (!run.unfiltered || one.at.isAfter(run.started));
        List<LeftOut> leftOutNow = Stream.concat(
                        SkippedTable.mistaken(run.report.leftOut()).stream().map(one -> new LeftOut(one, run.started)),
                        leftOut.stream().filter(isLeftOut))
                .toList();
        return new LastResults(
                VERSION,
                run.unfiltered ? Optional.of(run.started) : unfiltered,
                Stream.concat(
                                run.failed().filter(one -> !failedLater.contains(one.result.table())),
                                failed.stream().filter(isFailed))
                        .toList(),
                leftOutNow,
                takenUp(leftOutNow, tables),
                postponed(run));
    }

    /** The run over all tables before the first that postpones a table may have said more of it. */
    private List<Postponed> postponed(Ended run) {
        Predicate<TableName> judged = run.judged();
        Set<TableName> anew = run.unfiltered ? run.postponed() : Set.of();
        List<Postponed> before =
                postponed.stream().filter(one -> !judged.test(one.table)).toList();
        Set<TableName> known = before.stream().map(Postponed::table).collect(Collectors.toSet());
        return Stream.concat(
                        before.stream(),
                        anew.stream()
                                .filter(table -> !known.contains(table))
                                .map(table -> new Postponed(table, unfiltered.orElse(Instant.EPOCH))))
                .toList();
    }

    /**
     * Tables that are no longer left out and were not run, since an execution reports its own table. A table with
     * several specs stays left out while any of them is.
     */
    private List<SkippedTable> takenUp(List<LeftOut> now, Set<TableName> run) {
        Set<String> still = now.stream().map(one -> one.skipped.what()).collect(Collectors.toSet());
        Set<TableName> tables = now.stream()
                .flatMap(one -> one.skipped.table().stream())
                .collect(Collectors.toCollection(HashSet::new));
        tables.addAll(run);
        return Stream.concat(takenUp.stream(), leftOut.stream().map(LeftOut::skipped))
                .filter(one -> !still.contains(one.what())
                        && one.table().filter(tables::contains).isEmpty())
                .distinct()
                .toList();
    }

    /** The same results once it was told of these that it is over. */
    public LastResults told(Collection<SkippedTable> over) {
        return new LastResults(
                VERSION,
                unfiltered,
                failed,
                leftOut,
                takenUp.stream().filter(one -> !over.contains(one)).toList(),
                postponed);
    }
}
