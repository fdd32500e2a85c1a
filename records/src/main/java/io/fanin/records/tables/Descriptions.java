package io.fanin.records.tables;

import io.fanin.records.duckdb.DuckDb;
import io.fanin.records.duckdb.DuckDbRow;
import io.fanin.records.scratch.Deadline;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Determines the types of columns, as the database sees them.
 *
 * @param deadline of the function
 */
public record Descriptions(DuckDb database, Deadline deadline) {

    /** What stands before a SELECT whose columns {@link #types} tells; a bracket follows it. */
    public static final String DESCRIBE = "SELECT column_name, column_type FROM (DESCRIBE ";

    /** The types of a described statement's columns by their names in lower case, in their order. */
    public Map<String, DuckDbType> types(String description) {
        Map<String, DuckDbType> types = new LinkedHashMap<>();
        database.query(
                        description,
                        deadline.left(),
                        (DuckDbRow row) -> Map.entry(
                                row.text(1).orElse("").toLowerCase(Locale.ROOT),
                                row.text(2).orElse("")))
                .forEach(column -> types.put(column.getKey(), DuckDbType.parse(column.getValue())));
        return types;
    }

    /** A Parquet file, whose footer is read. */
    LocalFile file(Path path) {
        return new LocalFile(path, types(DESCRIBE + "SELECT * FROM " + LocalRows.read(List.of(path)) + ")"));
    }
}
