package io.fanin.records.tables;

import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.table.Column;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableName;
import io.fanin.model.type.HiveTypeParser;
import java.util.List;
import java.util.Optional;

/**
 * A table of the catalog, as a query reads it.
 *
 * @param csv used only if the format is CSV
 * @param keys none where the table is not partitioned
 * @param folders the folders of the registered partitions
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
     * @param values of the table's keys; empty if it has none
     * @param heldData whether it was registered with objects, so that it must not be treated as empty without any
     */
    public record Folder(S3Location location, Optional<PartitionValues> values, boolean heldData) {}

    /** The columns that queries see: some may be of types that no query reads, such as {@code binary}. */
    List<Column> readable() {
        return readable(columns);
    }

    private static List<Column> readable(List<Column> columns) {
        return columns.stream().filter(RegisteredTable::isReadable).toList();
    }

    /**
     * The columns for reading objects: a CSV field keeps its position, and is read as a string if its column's type is
     * not readable.
     */
    public static List<Column> inObjects(DataFormat format, List<Column> columns) {
        return format == DataFormat.CSV
                ? columns.stream()
                        .map(column -> isReadable(column) ? column : new Column(column.name(), "string"))
                        .toList()
                : readable(columns);
    }

    List<Column> inObjects() {
        return inObjects(format, columns);
    }

    static boolean isReadable(Column column) {
        return HiveTypeParser.find(column.type()).isPresent();
    }
}
