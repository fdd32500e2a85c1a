package io.fanin.tablecreator.summary;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.core.alltables.AllTablesFolder;
import io.fanin.core.alltables.AllTablesReport;
import io.fanin.core.alltables.LastResults;
import io.fanin.core.alltables.Selection;
import io.fanin.core.alltables.TableItem;
import io.fanin.core.alltables.TableOutcome;
import io.fanin.core.alltables.TableResult;
import io.fanin.core.answer.TablesSummary;
import io.fanin.core.execution.ExecutionEnds;
import io.fanin.core.record.TableRecords;
import io.fanin.core.retry.Sleeper;
import io.fanin.core.store.ObjectStore;
import io.fanin.model.run.Execution;
import io.fanin.model.run.RunId;
import io.fanin.model.run.TableStatus;
import io.fanin.tablecreator.events.Announcement;
import io.fanin.tablecreator.events.Announcer;
import io.fanin.tablecreator.history.Overview;
import io.fanin.tablecreator.metrics.TableMetrics;
import io.fanin.tablecreator.notices.HeldRuns;
import io.fanin.tablecreator.notices.Notices;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Summarizes a run of all tables. Nothing is read for tables that were up to date, or whose receipts report success;
 * the others are read each time, so that tables completed since then count as complete. The page of all tables is
 * written before notices are sent: a topic that does not answer delays neither it nor the metrics.
 */
public final class AllTablesSummarizer {

    private final ObjectStore state;
    private final ExecutionEnds executions;
    private final Sleeper sleeper;
    private final Announcer announcer;
    private final Overview overview;
    private final TableMetrics metrics;
    private final HeldRuns held;
    private final LeftOutTables leftOut;

    /**
     * @param sleeper waits for executions whose ends are not seen yet
     * @param notices notifies people of tables that are left out by mistake
     */
    public AllTablesSummarizer(
            ObjectStore state,
            ExecutionEnds executions,
            Sleeper sleeper,
            Announcer announcer,
            Overview overview,
            TableMetrics metrics,
            HeldRuns held,
            Notices notices) {
        this.leftOut = new LeftOutTables(state, new TableRecords(state), notices);
        this.state = state;
        this.executions = executions;
        this.sleeper = sleeper;
        this.announcer = announcer;
        this.overview = overview;
        this.metrics = metrics;
        this.held = held;
    }

    /**
     * Writes the report, and announces it.
     *
     * @param receipts as the Map returned them, not yet parsed: a missing or invalid receipt contains nothing about its
     *     table
     * @throws TablesFailedException if a table has failed
     * @throws TablesPartialException if none has, and a table is partial
     */
    public TablesSummary summary(RunId run, JsonNode receipts, Execution execution) {
        AllTablesFolder folder = new AllTablesFolder(state, run);
        Selection selection = folder.selection()
                .orElseThrow(() -> new IllegalStateException("the folder of run " + run
                        + " has expired: start a new execution for all tables instead of redriving this one"));
        Map<Integer, TableReceipt> byIndex = new HashMap<>();
        receipts.forEach(json -> TableReceipt.find(json).ifPresent(receipt -> byIndex.put(receipt.index(), receipt)));
        TableOutcomeReader tables = new TableOutcomeReader(state, executions, sleeper);
        List<TableResult> results = new ArrayList<>();
        for (TableItem item : selection.items()) {
            results.add(Optional.ofNullable(byIndex.get(item.index()))
                    .map(receipt -> result(item, receipt, tables))
                    .orElseGet(() -> tables.read(item)));
        }
        selection.upToDate().forEach(table -> results.add(TableResult.of(table)));
        results.sort(Comparator.comparing(result -> result.table().toString()));
        AllTablesReport report = AllTablesReport.of(run, execution.id(), results, selection.leftOut());
        folder.write(report);
        announcer.send(
                folder::notificationMark,
                Announcement.ofAllTables(report, execution.redriveCount().orElse(0), folder.reportUri()));
        LastResults last =
                overview.note(new LastResults.Ended(report, execution.referenceTime(), selection.unfiltered()));
        if (!execution.isRedriven()) {
            selection.upToDate().forEach(metrics::writeState);
        }
        overview.write(report, last).ifPresent(partial -> metrics.allTablesEnded(run, partial));
        overview.noteTold(leftOut.notifyOf(selection, last, execution));
        if (report.status() == TableStatus.PARTIAL) {
            if (results.stream().anyMatch(result -> result.outcome() == TableOutcome.FAILED)) {
                throw new TablesFailedException(report);
            }
            held.countAllTables(
                    run,
                    report.unfinished().stream().map(TableResult::table).toList(),
                    folder.notificationMark("held-" + execution.redriveCount().orElse(0)));
            throw new TablesPartialException(report);
        }
        return TablesSummary.of(report, folder.reportUri());
    }

    private static TableResult result(TableItem item, TableReceipt receipt, TableOutcomeReader tables) {
        return switch (receipt.end()) {
            case COMPLETE -> TableResult.of(item, TableOutcome.COMPLETE);
            case NOTHING_NEW -> TableResult.of(item, TableOutcome.NOTHING_NEW);
            case BUSY -> TableResult.of(item, TableOutcome.BUSY);
            case LOOK, FAILED -> tables.read(item, receipt);
        };
    }
}
