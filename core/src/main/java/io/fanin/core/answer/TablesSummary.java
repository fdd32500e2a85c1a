package io.fanin.core.answer;

import io.fanin.core.alltables.AllTablesReport;
import io.fanin.core.alltables.TableOutcome;
import io.fanin.core.tables.SkippedTable;
import io.fanin.model.run.RunId;
import io.fanin.model.run.TableStatus;
import java.util.Map;

/**
 * The table-creator's answer to the state machine of all tables: the result of the run, as counts and references.
 *
 * @param leftOutByMistake the number of those left out that somebody meant to be run
 * @param report the URI of the report
 */
public record TablesSummary(
        RunId run, TableStatus status, Map<TableOutcome, Long> totals, int leftOut, int leftOutByMistake, String report)
        implements StepAnswer.OfAllTables {

    /**
     * The summary of a report.
     *
     * @param uri of the report
     */
    public static TablesSummary of(AllTablesReport report, String uri) {
        return new TablesSummary(
                report.run(),
                report.status(),
                report.totals(),
                report.leftOut().size(),
                SkippedTable.mistaken(report.leftOut()).size(),
                uri);
    }
}
