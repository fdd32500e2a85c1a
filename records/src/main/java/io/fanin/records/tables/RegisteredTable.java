package io.fanin.records.tables;

import io.fanin.core.partition.PartitionKey;
import io.fanin.core.partition.PartitionValues;
import io.fanin.core.table.Column;
import io.fanin.core.table.CsvOptions;
import io.fanin.core.table.DataFormat;
import io.fanin.core.table.S3Location;
import io.fanin.core.table.TableName;
import java.util.List;
import java.util.Optional;

/**
 * A table of the catalog, as a query reads it.
 *
 * @param csv used only where the format is CSV
 * @param keys none where the table is not partitioned
 * @param folders where the registered partitions lie
 */
public record RegisteredTable(
        TableName name,
        DataFormat format,
        CsvOptions csv,
        List<Column> columns,
        List<PartitionKey> keys,
        List<Folder> folders) {

    public RegisteredTable {
        columns = List.copyOf(columns);
        keys = List.copyOf(keys);
        folders = List.copyOf(folders);
    }

    /**
     * A folder with objects of a table.
     *
     * @param values of the table's keys; empty where it has none
     */
    public record Folder(S3Location location, Optional<PartitionValues> values) {}
}
