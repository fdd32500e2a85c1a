package io.fanin.core.record;

import io.fanin.core.store.ObjectStore;
import io.fanin.core.store.StoredDocument;
import java.util.function.UnaryOperator;

/**
 * A table's record as it was last read or written, for changes under the table's lease. A concurrent change by another
 * writer is accepted only while the lease is still held; otherwise that writer has the lease.
 */
public final class LeasedRecord {

    private final StoredDocument<TableRecord> document;

    LeasedRecord(ObjectStore store, String key) {
        this.document = new StoredDocument<>(store, key, TableRecord.NEW, TableRecord.class);
    }

    /** The record as last read or written. */
    public TableRecord known() {
        return document.known();
    }

    /**
     * The current record.
     *
     * @param requireLease throws if another execution has taken the lease
     */
    public TableRecord current(Runnable requireLease) {
        TableRecord record = document.read();
        requireLease.run();
        return record;
    }

    /**
     * Applies a change to the newest record; the change may be applied several times, but takes effect once.
     *
     * @param requireLease run if another writer has changed the record since; throws if that writer has the lease
     * @return the current record
     */
    public TableRecord update(UnaryOperator<TableRecord> change, Runnable requireLease) {
        return document.update(change, requireLease);
    }

    /**
     * Like {@link #update}, for a record that was read long ago: if the change has no effect, the record is read again,
     * since no conditional put would reveal a concurrent writer.
     */
    public TableRecord updateAfterRereading(UnaryOperator<TableRecord> change, Runnable requireLease) {
        TableRecord before = document.known();
        TableRecord after = document.update(change, requireLease);
        if (!after.equals(before) || document.read().equals(before)) {
            return after;
        }
        requireLease.run();
        return document.update(change, requireLease);
    }
}
