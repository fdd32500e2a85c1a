package io.fanin.core.record;

import io.fanin.core.json.Json;
import io.fanin.core.store.ObjectStore;
import io.fanin.core.store.ObjectStore.StoredObject;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The record of a table for one who changes it under the table's lease: as it was read, or written last. Where somebody else
 * has written it meanwhile, it counts as it is now only when the lease is still held: else that one came later.
 */
public final class LeasedRecord {

    /** Writers of one table's record meet rarely; more conflicts than this mean that something is wrong. */
    private static final int MAX_TRIES = 20;

    private final ObjectStore store;
    private final String key;
    private Optional<StoredObject> stored;
    private TableRecord record;

    LeasedRecord(ObjectStore store, String key) {
        this.store = store;
        this.key = key;
        this.stored = Optional.empty();
        this.record = TableRecord.NEW;
        read();
    }

    /** The record as it was known last. */
    public TableRecord known() {
        return record;
    }

    /**
     * The record as it is.
     *
     * @param requireLease throws where somebody else has taken the lease
     */
    public TableRecord current(Runnable requireLease) {
        read();
        requireLease.run();
        return record;
    }

    /**
     * Applies a change to the newest record; the change may be applied several times, of which one counts.
     *
     * @param requireLease run where somebody else has changed the record since; throws where that one has the lease
     * @return the record as it stands now
     */
    public TableRecord update(UnaryOperator<TableRecord> change, Runnable requireLease) {
        for (int i = 0; i < MAX_TRIES; i++) {
            TableRecord after = change.apply(record);
            if (after.equals(record)) {
                return after;
            }
            Optional<StoredObject> written = store.putIfUnchanged(key, Json.text(after), stored);
            if (written.isPresent()) {
                stored = written;
                record = after;
                return after;
            }
            current(requireLease);
        }
        throw new IllegalStateException(store.uriOf(key) + " was changed by others " + MAX_TRIES
                + " times while it was being updated: run the execution again");
    }

    private void read() {
        stored = store.get(key);
        record = stored.map(object -> Json.read(object.body(), TableRecord.class, store.uriOf(key)))
                .orElse(TableRecord.NEW);
    }
}
