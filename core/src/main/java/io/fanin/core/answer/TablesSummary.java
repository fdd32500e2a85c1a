package io.fanin.core.answer;

import io.fanin.core.alltables.AllTablesReport;
import io.fanin.core.alltables.TableOutcome;
import io.fanin.model.run.RunId;
import io.fanin.model.run.TableStatus;
import java.util.Map;

/**
 * The result of a run of all tables, as counts and references.
 *
 * @param report the URI of the report
 */
public record TablesSummary(RunId run, TableStatus status, Map<TableOutcome, Long> totals, int leftOut, String report)
        implements StepAnswer.OfAllTables {

    /**
     * Of a report.
     *
     * @param uri where it lies
     */
    public static TablesSummary of(AllTablesReport report, String uri) {
        return new TablesSummary(
                report.run(), report.status(), report.totals(), report.leftOut().size(), uri);
    }
}
