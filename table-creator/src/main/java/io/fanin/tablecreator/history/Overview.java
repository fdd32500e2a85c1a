package io.fanin.tablecreator.history;

import io.fanin.core.alltables.AllTablesReport;
import io.fanin.core.alltables.TableResult;
import io.fanin.core.catalog.CatalogException;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.history.StackHistories;
import io.fanin.core.history.TableHistories;
import io.fanin.core.parallel.Workers;
import io.fanin.core.record.TableRecords;
import io.fanin.core.store.ObjectStore;
import io.fanin.model.table.TableName;
import io.fanin.pages.HtmlPages;
import io.fanin.pages.view.TablesPage;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the page of all tables, including those outside the run unless they were dropped: one request for each, one more
 * for those outside, and a few to list them.
 */
public final class Overview {

    private static final Logger LOG = LoggerFactory.getLogger(Overview.class);
    private static final int PARALLEL = 8;

    private final GlueCatalog catalog;
    private final TableRecords records;
    private final TableHistories histories;
    private final Clock clock;
    private final Workers workers;

    public Overview(ObjectStore state, GlueCatalog catalog, Clock clock, Workers workers) {
        this.catalog = catalog;
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
                    StackHistories all = histories.histories(records.tables(), workers);
                    TablesPage page = TablesPage.of(all.without(dropped(all, report)), report, clock.instant());
                    histories.writeOverview(HtmlPages.html(page));
                    return page;
                })
                .stream()
                .mapToLong(TablesPage::needy)
                .findFirst();
    }

    /** Tables outside the run that were dropped: nobody can attend to them. */
    private List<TableName> dropped(StackHistories all, AllTablesReport report) {
        Set<TableName> ofRun = report.results().stream().map(TableResult::table).collect(Collectors.toSet());
        List<TableName> others =
                all.created().stream().filter(table -> !ofRun.contains(table)).toList();
        return workers
                .each(PARALLEL, others, table -> isDropped(table) ? Optional.of(table) : Optional.<TableName>empty())
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private boolean isDropped(TableName table) {
        try {
            return catalog.table(table).isEmpty();
        } catch (CatalogException e) {
            LOG.warn("{} is on the page of all tables, whether it exists or not", table, e);
            return false;
        }
    }
}
