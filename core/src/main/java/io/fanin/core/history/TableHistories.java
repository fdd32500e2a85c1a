package io.fanin.core.history;

import io.fanin.core.alltables.LastResults;
import io.fanin.core.parallel.Workers;
import io.fanin.core.store.ObjectStore;
import io.fanin.core.store.StoredDocument;
import io.fanin.model.json.Json;
import io.fanin.model.json.UnreadableDocumentException;
import io.fanin.model.names.StateKeys;
import io.fanin.model.table.TableName;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** The histories and calendars of tables in the state bucket, and the pages, all for people. */
public final class TableHistories {

    private static final int PARALLEL_READS = 16;

    private final ObjectStore store;

    public TableHistories(ObjectStore store) {
        this.store = store;
    }

    public TableHistory history(TableName table) {
        return store.document(StateKeys.table(table).history(), TableHistory.class)
                .orElse(TableHistory.NEW);
    }

    /** The histories of these tables, with one request for each. */
    public StackHistories histories(List<TableName> tables, Workers workers) {
        Map<TableName, TableHistory> readable = new ConcurrentHashMap<>();
        Map<TableName, DamagedDocument> damaged = new ConcurrentHashMap<>();
        workers.each(PARALLEL_READS, tables, table -> {
            try {
                return readable.put(table, history(table));
            } catch (UnreadableDocumentException e) {
                return damaged.put(table, DamagedDocument.of(e));
            }
        });
        return new StackHistories(readable, damaged);
    }

    public Calendar calendar(TableName table) {
        return store.document(StateKeys.table(table).calendar(), Calendar.class).orElse(Calendar.NEW);
    }

    /** Changes a table's history; the change may be applied several times, but takes effect once. */
    public TableHistory updateHistory(TableName table, UnaryOperator<TableHistory> change) {
        return new StoredDocument<>(store, StateKeys.table(table).history(), TableHistory.NEW, TableHistory.class)
                .update(change, () -> {});
    }

    /** Changes a table's calendar; the change may be applied several times, but takes effect once. */
    public Calendar updateCalendar(TableName table, UnaryOperator<Calendar> change) {
        return new StoredDocument<>(store, StateKeys.table(table).calendar(), Calendar.NEW, Calendar.class)
                .update(change, () -> {});
    }

    /** Writes the page of a table, replacing the earlier one. */
    public void writePage(TableName table, String html) {
        store.put(StateKeys.table(table).page(), html);
    }

    /** The latest results of runs of all tables, for tables whose state no pass records. */
    public LastResults lastResults() {
        try {
            return store.document(StateKeys.LAST_RESULTS, LastResults.class).orElse(LastResults.NONE);
        } catch (UnreadableDocumentException e) {
            return LastResults.NONE;
        }
    }

    /**
     * Changes these results; the change may be applied several times, but takes effect once. A damaged document is
     * replaced: each run says anew what it leaves out, and what failed.
     */
    public LastResults updateLastResults(UnaryOperator<LastResults> change) {
        try {
            return new StoredDocument<>(store, StateKeys.LAST_RESULTS, LastResults.NONE, LastResults.class)
                    .update(change, () -> {});
        } catch (UnreadableDocumentException e) {
            LastResults anew = change.apply(LastResults.NONE);
            store.put(StateKeys.LAST_RESULTS, Json.text(anew));
            return anew;
        }
    }

    /** Writes the page of all tables, replacing the earlier one. */
    public void writeOverview(String html) {
        store.put(StateKeys.TABLES_PAGE, html);
    }
}
