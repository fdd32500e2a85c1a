package io.fanin.core.record;

import io.fanin.core.store.ObjectStore;
import io.fanin.core.store.StoredDocument;
import java.util.function.UnaryOperator;

/**
 * The record of a table for one who changes it under the table's lease: as it was read, or written last. Where somebody else
 * has written it meanwhile, it counts as it is now only when the lease is still held: else that one came later.
 */
public final class LeasedRecord {

    private final StoredDocument<TableRecord> document;

    LeasedRecord(ObjectStore store, String key) {
        this.document = new StoredDocument<>(store, key, TableRecord.NEW, TableRecord.class);
    }

    /** The record as it was known last. */
    public TableRecord known() {
        return document.known();
    }

    /**
     * The record as it is.
     *
     * @param requireLease throws where somebody else has taken the lease
     */
    public TableRecord current(Runnable requireLease) {
        TableRecord record = document.read();
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
        return document.update(change, requireLease);
    }
}
