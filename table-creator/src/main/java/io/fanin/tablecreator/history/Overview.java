package io.fanin.tablecreator.history;

import io.fanin.core.alltables.AllTablesReport;
import io.fanin.core.alltables.LastResults;
import io.fanin.core.alltables.TableResult;
import io.fanin.core.catalog.client.ExistingTables;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.history.StackHistories;
import io.fanin.core.history.TableHistories;
import io.fanin.core.parallel.Workers;
import io.fanin.core.record.TableRecords;
import io.fanin.core.store.ObjectStore;
import io.fanin.core.tables.SkippedTable;
import io.fanin.model.table.TableName;
import io.fanin.pages.HtmlPages;
import io.fanin.pages.view.TablesPage;
import java.time.Clock;
import java.util.Collection;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes the page of all tables, including those outside the run unless they were dropped: one request for each, and
 * usually one for 100 tables of a database outside.
 */
public final class Overview {

    private final ExistingTables tables;
    private final TableRecords records;
    private final TableHistories histories;
    private final Clock clock;
    private final Workers workers;

    public Overview(ObjectStore state, GlueCatalog catalog, Clock clock, Workers workers) {
        this.tables = new ExistingTables(catalog, workers);
        this.records = new TableRecords(state);
        this.histories = new TableHistories(state);
        this.clock = clock;
        this.workers = workers;
    }

    /** Notes the results of a run of all tables; if that fails, they are this run's alone. */
    public LastResults note(LastResults.Ended run) {
        return BestEffort.of(
                        "the last results of all tables",
                        () -> histories.updateLastResults(before -> before.after(run)))
                .orElseGet(() -> LastResults.NONE.after(run));
    }

    /** Notes that it was told of these that they are no longer left out. */
    public void noteTold(Collection<SkippedTable> takenUp) {
        if (!takenUp.isEmpty()) {
            BestEffort.of(
                    "the last results of all tables",
                    () -> histories.updateLastResults(before -> before.told(takenUp)));
        }
    }

    /**
     * Writes the page after a run of all tables.
     *
     * @param last the results after it
     * @return the number of tables that need attention, of all that are known; empty if the page could not be written
     */
    public OptionalLong write(AllTablesReport report, LastResults last) {
        return BestEffort.of("the page of all tables", () -> {
                    StackHistories all = histories.histories(records.tables(), workers);
                    TablesPage page = TablesPage.of(all.without(dropped(all, report)), report, last, clock.instant());
                    histories.writeOverview(HtmlPages.html(page));
                    return page;
                })
                .stream()
                .mapToLong(TablesPage::needy)
                .findFirst();
    }

    /** Tables outside the run that were dropped: nobody can attend to them. */
    private Set<TableName> dropped(StackHistories all, AllTablesReport report) {
        Set<TableName> ofRun = report.results().stream().map(TableResult::table).collect(Collectors.toSet());
        return tables.dropped(
                all.created().stream().filter(table -> !ofRun.contains(table)).toList());
    }
}
