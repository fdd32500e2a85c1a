package io.fanin.records.tables;

import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.type.HiveTypeParser;
import io.fanin.records.duckdb.Sql;
import io.fanin.records.duckdb.SqlTypes;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A key with its type and its value in Glue. */
public record KeyValue(PartitionKey key, String value) {

    /** The key values of a partition, in the order of the keys. */
    public static List<KeyValue> of(List<PartitionKey> keys, PartitionValues values) {
        return IntStream.range(0, keys.size())
                .mapToObj(i -> new KeyValue(keys.get(i), values.values().get(i)))
                .toList();
    }

    /** The value in rows without a partition. */
    public static KeyValue none(PartitionKey key) {
        return new KeyValue(key, PartitionValues.HIVE_DEFAULT);
    }

    /** As a typed column in SQL, named like the key. */
    String column() {
        String text = value.equals(PartitionValues.HIVE_DEFAULT) ? "NULL" : Sql.literal(value);
        String type = SqlTypes.of(HiveTypeParser.parse(key.type().hiveName()));
        return "CAST(%s AS %s) AS %s".formatted(text, type, Sql.identifier(key.canonicalName()));
    }

    /** The text after a table in FROM that adds values as columns, as the table's readers show them. */
    public static String joined(List<KeyValue> values) {
        return values.stream()
                .map(KeyValue::column)
                .collect(Collectors.joining(", ", " CROSS JOIN (SELECT ", ") AS partition_keys"));
    }
}
