package io.fanin.core.record;

import io.fanin.core.store.ObjectStore;
import io.fanin.model.names.StateKeys;
import io.fanin.model.table.TableName;
import io.fanin.model.text.Sha256;
import java.util.List;
import java.util.function.UnaryOperator;

/** The tables' own records in the state bucket, changed only by conditional puts. */
public final class TableRecords {

    private final ObjectStore store;

    public TableRecords(ObjectStore store) {
        this.store = store;
    }

    /** The tables that have a record, or had one. */
    public List<TableName> tables() {
        return store.folders(StateKeys.TABLES).stream()
                .flatMap(database -> store.folders(StateKeys.database(database)).stream()
                        .map(table -> new TableName(database, table)))
                .toList();
    }

    /** Opens the record of the notices about runs that fail before their table is known. */
    public LeasedRecord ofUnnamed(String input) {
        return open(StateKeys.unnamed(Sha256.token(input)));
    }

    public TableRecord read(TableName table) {
        return open(table).known();
    }

    /** Reads the record for one who is going to change it. */
    public LeasedRecord open(TableName table) {
        return new LeasedRecord(store, StateKeys.table(table).record());
    }

    /** Changes the record for one who needs no lease for it. */
    public TableRecord update(TableName table, UnaryOperator<TableRecord> change) {
        return open(table).update(change, () -> {});
    }
}
