package io.fanin.tablecreator.history;

import io.fanin.core.alltables.AllTablesReport;
import io.fanin.core.history.TableHistories;
import io.fanin.core.history.TableHistory;
import io.fanin.core.parallel.Workers;
import io.fanin.core.record.TableRecords;
import io.fanin.core.store.ObjectStore;
import io.fanin.model.table.TableName;
import io.fanin.pages.HtmlPages;
import io.fanin.pages.view.TablesPage;
import java.time.Clock;
import java.util.Map;
import java.util.OptionalLong;

/** Writes the page of all tables, including those outside the run: one request for each, and a few to list them. */
public final class Overview {

    private final TableRecords records;
    private final TableHistories histories;
    private final Clock clock;
    private final Workers workers;

    public Overview(ObjectStore state, Clock clock, Workers workers) {
        this.records = new TableRecords(state);
        this.histories = new TableHistories(state);
        this.clock = clock;
        this.workers = workers;
    }

    /**
     * Writes the page after a run of all tables.
     *
     * @return the number of tables that need attention, of all that are known; empty if the page could not be written
     */
    public OptionalLong write(AllTablesReport report) {
        return BestEffort.of("the page of all tables", () -> {
                    Map<TableName, TableHistory> all = histories.histories(records.tables(), workers);
                    TablesPage page = TablesPage.of(all, report, clock.instant());
                    histories.writeOverview(HtmlPages.html(page));
                    return page;
                })
                .stream()
                .mapToLong(TablesPage::needy)
                .findFirst();
    }
}
