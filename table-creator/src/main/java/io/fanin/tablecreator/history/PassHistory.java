package io.fanin.tablecreator.history;

import io.fanin.core.history.Calendar;
import io.fanin.core.history.DamagedDocument;
import io.fanin.core.history.PassPeriods;
import io.fanin.core.history.RunEntry;
import io.fanin.core.history.TableHistories;
import io.fanin.core.history.TableHistory;
import io.fanin.core.record.TableRecord;
import io.fanin.core.run.folder.RunFolders;
import io.fanin.core.store.ObjectStore;
import io.fanin.model.cost.TableSeries;
import io.fanin.model.json.UnreadableDocumentException;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.table.TableName;
import io.fanin.pages.HtmlPages;
import io.fanin.pages.view.Controls;
import io.fanin.pages.view.RunPage;
import io.fanin.pages.view.StoredRun;
import io.fanin.pages.view.TablePage;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the documents for people after a pass: the table's calendar and history, and the pages of the run and of the
 * table. It runs last: a failed write is logged, and does not change the outcome of the pass.
 */
public final class PassHistory {

    private static final Logger LOG = LoggerFactory.getLogger(PassHistory.class);

    private final TableHistories histories;
    private final RunFolders runs;
    private final TableSeries series;
    private final Clock clock;

    /**
     * The history of the tables of a stack.
     *
     * @param series the metrics that each table has of its own
     */
    public PassHistory(ObjectStore state, RunFolders runs, TableSeries series, Clock clock) {
        this.histories = new TableHistories(state);
        this.runs = runs;
        this.series = series;
        this.clock = clock;
    }

    /** Renders the page of a fictitious table. */
    public static void prime() {
        TableName none = new TableName("fanin", "priming");
        HtmlPages.html(TablePage.of(none, TableHistory.NEW, Calendar.NEW, TableRecord.NEW, Instant.EPOCH));
    }

    /** Writes a pass's changes; writing them again changes nothing. */
    public void write(EndedPass pass) {
        TableName table = pass.spec().tableName();
        Instant ended = clock.instant();
        List<String> damages = new ArrayList<>();
        Optional<Calendar> calendar = BestEffort.of(
                "the calendar of " + table,
                () -> written(
                        change -> histories.updateCalendar(table, change),
                        known -> pass.changesCalendar() ? known.after(pass.periods(ended)) : known,
                        Calendar.NEW,
                        damages));
        RunEntry entry = RunEntry.of(pass.report(), ended, pass.processed(), pass.isHeld());
        List<PartitionValues> registered = pass.changes().registered().stream()
                .map(PassPeriods.Registered::values)
                .toList();
        Optional<TableHistory> history = BestEffort.of(
                "the history of " + table,
                () -> written(
                        change -> histories.updateHistory(table, change),
                        known -> known.after(pass.report(), entry, TableHistory.Subject.of(pass.spec()), registered)
                                .withUnfitOf(pass.record()),
                        TableHistory.NEW,
                        damages));
        Optional<RunEntry> known = history.flatMap(all -> all.run(pass.run().run()));
        // The page of a run is that of its last pass.
        if (known.filter(last -> last.pass() > entry.pass()).isEmpty()) {
            BestEffort.of("the page of run " + pass.run().run(), () -> {
                StoredRun run = new StoredRun(pass.report(), known, pass.run().start(), pass.detection());
                RunPage page = RunPage.of(run, series, ended);
                runs.writePage(pass.run().run(), HtmlPages.html(page));
                return page;
            });
        }
        if (calendar.isPresent() && history.isPresent()) {
            BestEffort.of("the page of " + table, () -> {
                TablePage page = TablePage.of(table, history.get(), calendar.get(), pass.record(), ended);
                histories.writePage(table, HtmlPages.html(page, Controls.ofFile(damages)));
                return page;
            });
        }
    }

    /**
     * The written document. One that cannot be read is left as it is: a page shows the change alone, and what is wrong
     * with the document.
     *
     * @param damages what is wrong is added to these
     */
    private static <T> T written(
            Function<UnaryOperator<T>, T> update, UnaryOperator<T> change, T none, List<String> damages) {
        try {
            return update.apply(change);
        } catch (UnreadableDocumentException e) {
            LOG.warn("The page shows nothing that is in a damaged document", e);
            DamagedDocument damaged = DamagedDocument.of(e);
            damages.add("This page lacks what earlier runs have written: " + damaged.message());
            damages.add("  " + damaged.advice());
            return change.apply(none);
        }
    }
}
