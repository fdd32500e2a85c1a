package io.fanin.records.tables;

import io.fanin.model.table.TableName;
import java.util.Optional;

/** Looks up tables in the catalog. */
@FunctionalInterface
public interface TableSource {

    /**
     * A table that a query joins, with its registered partitions, of which there may be at most {@code mostFolders};
     * absent if it does not exist.
     */
    Optional<RegisteredTable> find(TableName name, int mostFolders);

    /** Whether the table lets Athena read restored archived objects: otherwise Athena skips them. */
    default boolean readsRestored(TableName name) {
        return false;
    }
}
