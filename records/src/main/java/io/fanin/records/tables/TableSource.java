package io.fanin.records.tables;

import io.fanin.model.table.TableName;
import java.util.Optional;

/** Looks up tables in the catalog. */
@FunctionalInterface
public interface TableSource {

    /**
     * A table that a query joins, with its registered partitions, or folders up to a number; empty if it does not
     * exist.
     */
    Optional<RegisteredTable> find(TableName name, int mostFolders);

    /** Whether the table lets Athena read archived objects that were restored: otherwise it passes over them. */
    default boolean readsRestored(TableName name) {
        return false;
    }
}
