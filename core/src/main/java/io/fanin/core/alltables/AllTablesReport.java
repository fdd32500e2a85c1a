package io.fanin.core.alltables;

import io.fanin.core.tables.SkippedTable;
import io.fanin.model.run.RunId;
import io.fanin.model.run.TableStatus;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The result of a run of all tables, for people and programs.
 *
 * @param execution the ARN of the execution
 * @param status partial if any table is partial or has failed
 * @param totals the number of tables of each outcome
 * @param results one for each table of the run
 * @param leftOut the tables that were not run, with reasons; the run may be complete regardless
 */
public record AllTablesReport(
        int version,
        RunId run,
        String execution,
        TableStatus status,
        Map<TableOutcome, Long> totals,
        List<TableResult> results,
        List<SkippedTable> leftOut) {

    /** The version of this document's shape. */
    public static final int VERSION = 1;

    public AllTablesReport {
        results = List.copyOf(results);
        leftOut = List.copyOf(leftOut);
    }

    /** A report of these results. */
    public static AllTablesReport of(
            RunId run, String execution, List<TableResult> results, List<SkippedTable> leftOut) {
        Map<TableOutcome, Long> counted =
                results.stream().collect(Collectors.groupingBy(TableResult::outcome, Collectors.counting()));
        Map<TableOutcome, Long> totals = new LinkedHashMap<>();
        Arrays.stream(TableOutcome.values()).forEach(outcome -> totals.put(outcome, counted.getOrDefault(outcome, 0L)));
        boolean isComplete =
                results.stream().allMatch(result -> result.outcome().isFine());
        return new AllTablesReport(
                VERSION,
                run,
                execution,
                isComplete ? TableStatus.COMPLETE : TableStatus.PARTIAL,
                totals,
                results,
                leftOut);
    }

    /** The results of tables whose runs have failed, then of partial tables. */
    public List<TableResult> unfinished() {
        return results.stream()
                .filter(result -> !result.outcome().isFine())
                .sorted(Comparator.comparing(result -> result.outcome() != TableOutcome.FAILED))
                .toList();
    }
}
