package io.fanin.cli.execution;

import io.fanin.core.alltables.AllTablesReport;
import io.fanin.core.alltables.TableOutcome;
import io.fanin.core.answer.StepAnswer;
import io.fanin.core.answer.TablesSummary;
import io.fanin.core.tables.SkippedTable;
import io.fanin.model.run.TableStatus;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The end of a run of all tables: that of its report, or, when that has expired, of its execution's output.
 *
 * @param totals the number of tables by outcome
 * @param leftOutByMistake the number of tables and specs that were meant to be run
 */
public record AllTablesEnd(TableStatus status, Map<TableOutcome, Long> totals, int leftOutByMistake) {

    public static AllTablesEnd of(AllTablesReport report) {
        return new AllTablesEnd(
                report.status(),
                report.totals(),
                SkippedTable.mistaken(report.leftOut()).size());
    }

    /** The end from the output of an execution; absent if it has run no table. */
    public static Optional<AllTablesEnd> of(ExecutionDetails execution) {
        return execution
                .output()
                .flatMap(StepAnswer::find)
                .filter(TablesSummary.class::isInstance)
                .map(TablesSummary.class::cast)
                .map(summary -> new AllTablesEnd(summary.status(), summary.totals(), summary.leftOutByMistake()));
    }

    public boolean hasLeftOut() {
        return leftOutByMistake > 0;
    }

    /** The status, and in brackets the totals. */
    public String outcome() {
        String tables = totals.entrySet().stream()
                .filter(total -> total.getValue() > 0)
                .map(total -> total.getValue() + " " + total.getKey())
                .collect(Collectors.joining(", "));
        return status + " (" + (tables.isEmpty() ? "no table was run" : tables)
                + (hasLeftOut() ? ", " + leftOutByMistake + " left out by mistake)" : ")");
    }

    /** The text for an execution whose report has expired. */
    public String text() {
        return "its report has expired. It was " + outcome();
    }
}
