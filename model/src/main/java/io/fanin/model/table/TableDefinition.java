package io.fanin.model.table;

import io.fanin.model.partition.PartitionKey;
import java.util.List;

/**
 * The complete definition of a table: enough to create it and to find its partitions.
 *
 * @param csv used only if the format is CSV
 * @param layout {@code hive}, or a template such as {@code ${year}/${month}/${day}}
 */
public record TableDefinition(
        TableName name,
        S3Location location,
        DataFormat format,
        CsvOptions csv,
        List<Column> columns,
        List<PartitionKey> keys,
        String layout) {

    /** The name of Hive's layout, which has no template. */
    public static final String HIVE_LAYOUT = "hive";

    public TableDefinition {
        columns = List.copyOf(columns);
        keys = List.copyOf(keys);
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("table " + name + " has no partition keys");
        }
    }

    /** The same definition with names and types in canonical notation, for comparisons. */
    public TableDefinition canonical() {
        return new TableDefinition(
                name,
                location,
                format,
                csv,
                columns.stream().map(Column::canonical).toList(),
                keys.stream().map(PartitionKey::canonical).toList(),
                layout);
    }
}
