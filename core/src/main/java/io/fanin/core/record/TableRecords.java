package io.fanin.core.record;

import io.fanin.core.json.Json;
import io.fanin.core.store.ObjectStore;
import io.fanin.core.store.ObjectStore.StoredObject;
import io.fanin.core.table.TableName;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The tables' own records in the state bucket, changed only by conditional puts. */
public final class TableRecords {

    /** Writers of one table's record meet rarely; more conflicts than this mean that something is wrong. */
    private static final int MAX_TRIES = 20;

    private final ObjectStore store;

    public TableRecords(ObjectStore store) {
        this.store = store;
    }

    public TableRecord read(TableName table) {
        return store.get(key(table)).map(object -> parse(table, object)).orElse(TableRecord.NEW);
    }

    /**
     * Applies a change to the newest record; the change may be applied several times, of which one counts.
     *
     * @return the record as it stands now
     */
    public TableRecord update(TableName table, UnaryOperator<TableRecord> change) {
        for (int i = 0; i < MAX_TRIES; i++) {
            Optional<StoredObject> stored = store.get(key(table));
            TableRecord before = stored.map(object -> parse(table, object)).orElse(TableRecord.NEW);
            TableRecord after = change.apply(before);
            if (after.equals(before) || write(table, stored, after)) {
                return after;
            }
        }
        throw new IllegalStateException(store.uriOf(key(table)) + " was changed by others " + MAX_TRIES
                + " times while it was being updated: run the execution again");
    }

    private boolean write(TableName table, Optional<StoredObject> stored, TableRecord record) {
        String text = Json.text(record);
        return stored.map(object -> store.putIfMatch(key(table), text, object.etag()))
                .orElseGet(() -> store.putIfAbsent(key(table), text));
    }

    private TableRecord parse(TableName table, StoredObject object) {
        return Json.read(object.body(), TableRecord.class, store.uriOf(key(table)));
    }

    private static String key(TableName table) {
        return "tables/" + table.database() + "/" + table.table() + "/state.json";
    }
}
