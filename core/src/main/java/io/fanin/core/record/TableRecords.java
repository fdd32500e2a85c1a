package io.fanin.core.record;

import io.fanin.core.store.ObjectStore;
import io.fanin.model.names.StateKeys;
import io.fanin.model.table.TableName;
import io.fanin.model.text.Sha256;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** The records of all tables in the state bucket, changed only by conditional puts. */
public final class TableRecords {

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{16}");

    private final ObjectStore store;

    public TableRecords(ObjectStore store) {
        this.store = store;
    }

    /** The tables that have a record, or had one. */
    public List<TableName> tables() {
        return store.folders(StateKeys.TABLES).stream()
                .flatMap(database -> tables(database).stream())
                .toList();
    }

    /** The tables of a database that have a record, or had one. */
    public List<TableName> tables(String database) {
        return store.folders(StateKeys.database(database)).stream()
                .map(table -> new TableName(database, table))
                .filter(table -> !isUnnamed(table))
                .toList();
    }

    /** Opens the record for notices about runs that fail before their table is known. */
    public LeasedRecord ofUnnamed(String input) {
        return open(StateKeys.unnamed(hashOf(input)));
    }

    /** The hashes of the inputs for which {@link #ofUnnamed} has a record, or had one. Usually takes one request. */
    public Set<String> unnamedInputs() {
        return Set.copyOf(store.folders(StateKeys.database(StateKeys.UNNAMED)));
    }

    private static boolean isUnnamed(TableName table) {
        return table.database().equals(StateKeys.UNNAMED)
                && HASH.matcher(table.table()).matches();
    }

    /** The hash by which {@link #unnamedInputs} has an input. */
    public static String hashOf(String input) {
        return Sha256.token(input);
    }

    public TableRecord read(TableName table) {
        return open(table).known();
    }

    /** Reads the record for changes under the table's lease. */
    public LeasedRecord open(TableName table) {
        return new LeasedRecord(store, StateKeys.table(table).record());
    }

    /** Changes the record without the table's lease. */
    public TableRecord update(TableName table, UnaryOperator<TableRecord> change) {
        return open(table).update(change, () -> {});
    }
}
