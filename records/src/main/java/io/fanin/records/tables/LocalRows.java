package io.fanin.records.tables;

import io.fanin.model.table.Column;
import io.fanin.model.type.HiveType;
import io.fanin.model.type.HiveType.Scalar;
import io.fanin.model.type.HiveType.Struct;
import io.fanin.model.type.HiveTypeParser;
import io.fanin.records.duckdb.Sql;
import io.fanin.records.duckdb.SqlTypes;
import io.fanin.records.sql.WrappedQuery;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rows of some Parquet files on the disk, as a query sees them: with the declared columns, and with the partition's
 * key values as columns.
 *
 * @param keys the keys with their values in all rows; one with the name of a column, or of an earlier key, is left out
 */
public record LocalRows(List<LocalFile> files, List<KeyValue> keys) {

    private static final String SELECT = "SELECT ";
    private static final String SEPARATOR = ", ";

    public LocalRows {
        files = List.copyOf(files);
        keys = List.copyOf(keys);
    }

    List<Path> paths() {
        return files.stream().map(LocalFile::path).toList();
    }

    /**
     * SQL that reads all columns of files, by their names. Other writers leave NaN out of a footer's statistics, from
     * which the database would take the greatest number.
     */
    static String read(List<Path> files) {
        return "read_parquet(" + Sql.paths(files)
                + ", union_by_name = true, hive_partitioning = false, binary_as_string = true, can_have_nan = true)";
    }

    /** A column's values with its declared type, or nulls. */
    private static String selected(Column column, Set<String> present) {
        String name = column.name().toLowerCase(Locale.ROOT);
        String value = present.contains(name)
                ? beforeCast(column) + cast(column) + (hasFloats(column) ? " END" : "")
                : "CAST(NULL AS " + type(column) + ")";
        return value + " AS " + Sql.identifier(column.name());
    }

    /**
     * The SQL before the cast of a column's values. The database answers {@code max(x)} from statistics if a column is
     * read directly, and returns NaN if there may be one; a condition prevents that.
     */
    private static String beforeCast(Column column) {
        return hasFloats(column) ? "CASE WHEN " + Sql.identifier(column.name()) + " IS NULL THEN NULL ELSE " : "";
    }

    private static boolean hasFloats(Column column) {
        return hasFloats(HiveTypeParser.parse(column.type()));
    }

    /** Whether the type contains floating-point numbers with statistics; values in lists and maps have none. */
    private static boolean hasFloats(HiveType type) {
        return type == Scalar.FLOAT
                || type == Scalar.DOUBLE
                || (type instanceof Struct struct
                        && struct.fields().stream().anyMatch(field -> hasFloats(field.type())));
    }

    /** A column's values with its declared type. */
    static String cast(Column column) {
        return "CAST(" + Sql.identifier(column.name()) + " AS " + type(column) + ")";
    }

    private static String type(Column column) {
        return SqlTypes.of(HiveTypeParser.parse(column.type()));
    }

    /** The casts of the present columns' values, each with its offset in {@link #select}, in UTF-8 bytes. */
    static Map<Column, Integer> casts(List<Column> columns, Set<String> present) {
        Map<Column, Integer> casts = new LinkedHashMap<>();
        int end = WrappedQuery.bytes(SELECT);
        for (Column column : columns) {
            if (present.contains(column.name().toLowerCase(Locale.ROOT))) {
                casts.put(column, end + WrappedQuery.bytes(beforeCast(column)));
            }
            end += WrappedQuery.bytes(selected(column, present) + SEPARATOR);
        }
        return casts;
    }

    /** The rows, as a SELECT statement; columns whose names, in lower case, are not present in the files are null. */
    String select(List<Column> columns, Set<String> present) {
        List<String> selected = new ArrayList<>(
                columns.stream().map(column -> selected(column, present)).toList());
        Set<String> names = columns.stream()
                .map(column -> column.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(HashSet::new));
        for (KeyValue value : keys) {
            if (names.add(value.key().canonicalName())) {
                selected.add(value.column());
            }
        }
        return selected.stream().collect(Collectors.joining(SEPARATOR, SELECT, ""))
                + (files.isEmpty() ? " WHERE false" : " FROM " + read(paths()));
    }
}
