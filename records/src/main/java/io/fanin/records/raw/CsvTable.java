package io.fanin.records.raw;

import io.fanin.model.table.CsvOptions;
import io.fanin.model.type.HiveType.Field;
import java.util.List;

/**
 * A table of CSV, as its readers see it.
 *
 * @param names of its columns, in order
 * @param typed the columns whose values are checked against their types: none, or all
 */
public record CsvTable(CsvOptions options, List<String> names, List<Field> typed) {

    public CsvTable {
        names = List.copyOf(names);
        typed = List.copyOf(typed);
    }
}
