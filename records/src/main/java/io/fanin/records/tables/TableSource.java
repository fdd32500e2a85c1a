package io.fanin.records.tables;

import io.fanin.core.table.TableName;
import io.fanin.records.scratch.ConversionException;
import java.util.Optional;

/** Where a query's other tables are looked up. */
@FunctionalInterface
public interface TableSource {

    /**
     * A table with its registered partitions; empty when there is none.
     *
     * @param mostFolders that the table may have
     * @throws ConversionException {@code UnusableTable} when it is there, and cannot be read
     */
    Optional<RegisteredTable> find(TableName name, int mostFolders);
}
