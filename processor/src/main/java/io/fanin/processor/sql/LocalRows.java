package io.fanin.processor.sql;

import io.fanin.core.partition.PartitionKey;
import io.fanin.core.partition.PartitionValues;
import io.fanin.core.table.Column;
import io.fanin.processor.convert.HiveType;
import io.fanin.processor.convert.HiveTypeParser;
import io.fanin.processor.duckdb.Sql;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The rows of some Parquet files on the disk, as a query sees them: with the columns that are declared, and with a
 * partition's key values as columns of their own.
 *
 * @param keys by name, with the values that all rows have; one that is named like a column is left out
 */
record LocalRows(List<Path> files, Map<String, KeyValue> keys) {

    LocalRows {
        files = List.copyOf(files);
    }

    /** A key's value, as Glue holds it, and its type. */
    record KeyValue(PartitionKey key, String value) {

        /** As a typed value in SQL. */
        String sql() {
            String type = HiveTypeParser.parse(key.type().hiveName()).duckDb();
            return value.equals(PartitionValues.HIVE_DEFAULT)
                    ? "CAST(NULL AS " + type + ")"
                    : "CAST(" + Sql.literal(value) + " AS " + type + ")";
        }
    }

    /** Adds the keys whose names are not there yet. */
    static Map<String, KeyValue> keys(List<PartitionKey> keys, PartitionValues values) {
        Map<String, KeyValue> named = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            named.put(
                    keys.get(i).canonicalName(),
                    new KeyValue(keys.get(i), values.values().get(i)));
        }
        return named;
    }

    /** What reads all columns of files, by their names. */
    static String read(List<Path> files) {
        return "read_parquet(" + Sql.paths(files)
                + ", union_by_name = true, hive_partitioning = false, binary_as_string = true)";
    }

    /**
     * The rows, as a SELECT statement.
     *
     * @param present the names of the columns that the files have, in lower case; the others are null
     */
    String select(List<Column> columns, List<String> present) {
        List<String> selected = new ArrayList<>();
        for (Column column : columns) {
            HiveType type = HiveTypeParser.parse(column.type());
            String value =
                    present.contains(column.name().toLowerCase(Locale.ROOT)) ? Sql.identifier(column.name()) : "NULL";
            selected.add("CAST(%s AS %s) AS %s".formatted(value, type.duckDb(), Sql.identifier(column.name())));
        }
        List<String> names = columns.stream()
                .map(column -> column.name().toLowerCase(Locale.ROOT))
                .toList();
        keys.forEach((name, value) -> {
            if (!names.contains(name)) {
                selected.add(value.sql() + " AS " + Sql.identifier(name));
            }
        });
        return selected.stream().collect(Collectors.joining(", ", "SELECT ", ""))
                + (files.isEmpty() ? " WHERE false" : " FROM " + read(files));
    }
}
