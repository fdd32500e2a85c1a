package io.fanin.core.record;

import io.fanin.core.store.ObjectStore;
import io.fanin.core.table.TableName;
import java.util.function.UnaryOperator;

/** The tables' own records in the state bucket, changed only by conditional puts. */
public final class TableRecords {

    private final ObjectStore store;

    public TableRecords(ObjectStore store) {
        this.store = store;
    }

    public TableRecord read(TableName table) {
        return open(table).known();
    }

    /** Reads the record for one who is going to change it. */
    public LeasedRecord open(TableName table) {
        return new LeasedRecord(store, "tables/" + table.database() + "/" + table.table() + "/state.json");
    }

    /** Changes the record for one who needs no lease for it. */
    public TableRecord update(TableName table, UnaryOperator<TableRecord> change) {
        return open(table).update(change, () -> {});
    }
}
