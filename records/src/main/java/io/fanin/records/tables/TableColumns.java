package io.fanin.records.tables;

import io.fanin.core.table.Column;
import io.fanin.core.table.DataFormat;
import io.fanin.core.type.HiveTypeParser;
import java.util.List;

/**
 * The columns of a registered table. Some may be of types that no query reads, such as {@code binary}: queries see the table
 * without them.
 */
record TableColumns(List<Column> all) {

    private static final String TEXT = "string";

    TableColumns {
        all = List.copyOf(all);
    }

    List<Column> readable() {
        return all.stream().filter(TableColumns::isReadable).toList();
    }

    List<Column> unreadable() {
        return all.stream().filter(column -> !isReadable(column)).toList();
    }

    /**
     * The columns for reading objects: a CSV field keeps its position, and is read as a string if its column's type is
     * not readable.
     */
    List<Column> inObjects(DataFormat format) {
        return format == DataFormat.CSV
                ? all.stream()
                        .map(column -> isReadable(column) ? column : new Column(column.name(), TEXT))
                        .toList()
                : readable();
    }

    private static boolean isReadable(Column column) {
        try {
            HiveTypeParser.parse(column.type());
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
