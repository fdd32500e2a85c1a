package io.fanin.tablecreator.events;

import io.fanin.core.alltables.AllTablesReport;
import io.fanin.core.alltables.TableOutcome;
import io.fanin.core.alltables.TableResult;
import io.fanin.model.run.RunId;
import io.fanin.model.run.TableStatus;
import java.util.List;
import java.util.Map;

/**
 * The detail of an event about a run of all tables.
 *
 * @param totals the number of tables of each outcome
 * @param leftOut the number of tables and specs that were not run
 * @param unfinished the first tables that are partial or have failed
 * @param report the URI of the run's report
 */
public record AllTablesEvent(
        int schemaVersion,
        String id,
        RunId run,
        String execution,
        TableStatus status,
        Map<TableOutcome, Long> totals,
        int leftOut,
        List<TableResult> unfinished,
        String report)
        implements Event {

    private static final int SCHEMA_VERSION = 1;

    /** The maximum number of tables in {@code unfinished}. */
    private static final int TABLES = 10;

    static AllTablesEvent of(String id, AllTablesReport report, String uri) {
        return new AllTablesEvent(
                SCHEMA_VERSION,
                id,
                report.run(),
                report.execution(),
                report.status(),
                report.totals(),
                report.leftOut().size(),
                report.unfinished().stream().limit(TABLES).toList(),
                uri);
    }
}
