package io.fanin.cli.table;

import io.fanin.cli.aws.Deployment;
import io.fanin.core.catalog.CatalogException;
import io.fanin.core.catalog.client.ExistingTables;
import io.fanin.core.history.StackHistories;
import io.fanin.core.history.TableHistory;
import io.fanin.core.parallel.Workers;
import io.fanin.core.record.TableRecord;
import io.fanin.core.run.folder.DetectionFiles;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.model.json.UnreadableDocumentException;
import io.fanin.model.run.RunId;
import io.fanin.model.run.RunReport;
import io.fanin.model.table.TableName;
import io.fanin.pages.view.RunPage;
import io.fanin.pages.view.StoredRun;
import io.fanin.pages.view.TablePage;
import io.fanin.pages.view.TablesPage;
import java.time.Clock;
import java.util.Optional;

/** The pages of a stack, rendered from the current documents in its state bucket. */
public record StackPages(Deployment stack, Clock clock) {

    /** The page of a run; empty if the run has no report. */
    public Optional<RunPage> run(RunId id) {
        return stored(id).map(this::page);
    }

    RunPage page(StoredRun run) {
        return RunPage.live(
                run, stack.tableSeries(), clock.instant(), isLast(run.report().header()));
    }

    /** Whether no other run has changed the table since, as far as its record can be read. */
    private boolean isLast(RunReport.Header run) {
        try {
            return stack.records()
                    .read(run.table())
                    .changedBy()
                    .filter(last -> !last.equals(run.run()))
                    .isEmpty();
        } catch (UnreadableDocumentException e) {
            return true;
        }
    }

    Optional<StoredRun> stored(RunId id) {
        RunFolder run = stack.run(id);
        return run.report()
                .map(report -> new StoredRun(
                        report,
                        stack.histories().history(report.header().table()).run(id),
                        run.start(),
                        run.detection().flatMap(DetectionFiles::findReport)));
    }

    /** The page of a table; absent if it has no runs. Ignores the runs of a dropped table of the same name. */
    public Optional<TablePage> table(TableName table) {
        TableHistory history = stack.histories().history(table);
        if (history.runs().isEmpty()) {
            return Optional.empty();
        }
        TableRecord record = stack.records().read(table);
        boolean isGone = history.isOfCreatedTable()
                && CatalogException.<Boolean>unlessRefused(
                        () -> stack.catalog()
                                .table(table)
                                .filter(now -> !record.isOfAnother(now))
                                .isEmpty(),
                        refusal -> false);
        return isGone ? Optional.empty() : Optional.of(page(table, history, record));
    }

    TablePage table(TableName table, TableHistory history) {
        return page(table, history, stack.records().read(table));
    }

    private TablePage page(TableName table, TableHistory history, TableRecord record) {
        return TablePage.live(table, history, stack.histories().calendar(table), record, clock.instant());
    }

    /** The histories of all tables, with one request for each; without those of dropped tables. */
    public StackHistories histories() {
        StackHistories all = stack.histories().histories(stack.records().tables(), Workers.THREADS);
        return all.without(new ExistingTables(stack.catalog(), Workers.THREADS).dropped(all.created()));
    }

    public TablesPage tables(StackHistories histories) {
        return TablesPage.of(histories, stack.histories().lastResults(), clock.instant());
    }
}
