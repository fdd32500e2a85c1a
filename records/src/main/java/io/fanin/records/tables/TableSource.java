package io.fanin.records.tables;

import io.fanin.core.table.TableName;
import io.fanin.records.scratch.ConversionException;
import java.util.Optional;

/** Looks up the tables that a query joins. */
@FunctionalInterface
public interface TableSource {

    /**
     * A table with its registered partitions; empty if it does not exist.
     *
     * @param mostFolders that the table may have
     * @throws ConversionException {@code UnusableTable} when it exists but cannot be read
     */
    Optional<RegisteredTable> find(TableName name, int mostFolders);
}
