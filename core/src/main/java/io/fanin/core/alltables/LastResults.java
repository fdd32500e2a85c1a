package io.fanin.core.alltables;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.fanin.core.tables.SkippedTable;
import io.fanin.model.table.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What runs of all tables have last said of tables whose state no pass tells: those whose execution failed, and those
 * that are left out by mistake. A run of some tables says nothing about the others.
 *
 * @param leftOut tables, specs and databases
 */
public record LastResults(int version, List<Failed> failed, List<SkippedTable> leftOut) {

    /** The version of this document's shape. */
    public static final int VERSION = 1;

    /** Before the first run. */
    public static final LastResults NONE = new LastResults(VERSION, List.of(), List.of());

    public LastResults {
        failed = List.copyOf(failed);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * A table whose execution failed.
     *
     * @param at when the run of all tables ended
     */
    public record Failed(@JsonUnwrapped TableResult result, Instant at) {}

    /**
     * The results after a run of all tables.
     *
     * @param unfiltered whether it looked at all tables: what it does not name is no table any more
     */
    public LastResults after(AllTablesReport report, boolean unfiltered, Instant now) {
        Set<TableName> run = report.results().stream().map(TableResult::table).collect(Collectors.toSet());
        Set<TableName> skipped =
                report.leftOut().stream().flatMap(one -> one.table().stream()).collect(Collectors.toSet());
        Set<String> named = report.leftOut().stream().map(SkippedTable::what).collect(Collectors.toSet());
        Set<TableName> postponed = report.leftOut().stream()
                .filter(one -> one.reason() == SkippedTable.Reason.OVER_LIMIT)
                .flatMap(one -> one.table().stream())
                .collect(Collectors.toSet());
        Predicate<TableName> isUntold = table ->
                !run.contains(table) && (postponed.contains(table) || (!unfiltered && !skipped.contains(table)));
        return new LastResults(
                VERSION,
                Stream.concat(
                                report.results().stream()
                                        .filter(result -> result.outcome() == TableOutcome.FAILED)
                                        .map(result -> new Failed(result, now)),
                                failed.stream().filter(before -> isUntold.test(before.result.table())))
                        .toList(),
                Stream.concat(
                                SkippedTable.mistaken(report.leftOut()).stream(),
                                leftOut.stream()
                                        .filter(before -> !unfiltered
                                                && !named.contains(before.what())
                                                && before.table()
                                                        .filter(run::contains)
                                                        .isEmpty()))
                        .toList());
    }

    /** What was left out before these results, and neither is any more nor was run. */
    public List<SkippedTable> noLongerLeftOut(LastResults before, AllTablesReport report) {
        Set<String> still = leftOut.stream().map(SkippedTable::what).collect(Collectors.toSet());
        Set<TableName> run = report.results().stream().map(TableResult::table).collect(Collectors.toSet());
        return before.leftOut.stream()
                .filter(one -> !still.contains(one.what())
                        && one.table().filter(run::contains).isEmpty())
                .toList();
    }
}
