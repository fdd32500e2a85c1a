package io.fanin.warehouse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rules for the columns and keys of every table. */
final class Columns {

    private Columns() {}

    /**
     * Checks that a table has at least one column, and no name twice.
     *
     * @throws IllegalArgumentException if it does not
     */
    static List<Column> checked(List<Column> columns, List<Column> keys) {
        if (columns.isEmpty()) {
            throw new IllegalArgumentException(
                    "a table needs columns: give at least one, columns(Column.string(\"id\"))");
        }
        List<Column> all = new ArrayList<>(columns);
        all.addAll(keys);
        Set<String> names = new HashSet<>();
        for (Column column : all) {
            if (!names.add(column.name())) {
                throw new IllegalArgumentException("there are two columns '" + column.name()
                        + "': a column and a partition key have names of their own, rename one");
            }
        }
        return List.copyOf(columns);
    }
}
