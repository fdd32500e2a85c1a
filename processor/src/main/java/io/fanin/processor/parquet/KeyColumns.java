package io.fanin.processor.parquet;

import io.fanin.core.partition.KeyType;
import io.fanin.core.partition.PartitionKey;
import io.fanin.core.partition.PartitionValues;
import io.fanin.processor.duckdb.Sql;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A partition's values as columns beside those of its files, as readers show them.
 *
 * @param from what is written after a table in FROM
 */
record KeyColumns(String from) {

    static KeyColumns of(List<PartitionKey> keys, PartitionValues values) {
        return new KeyColumns(IntStream.range(0, keys.size())
                .mapToObj(i -> column(keys.get(i), values.values().get(i)))
                .collect(Collectors.joining(", ", " CROSS JOIN (SELECT ", ") AS partition_keys")));
    }

    private static String column(PartitionKey key, String value) {
        String text = value.equals(PartitionValues.HIVE_DEFAULT) ? "NULL" : Sql.literal(value);
        return "CAST(%s AS %s) AS %s".formatted(text, type(key.type()), Sql.identifier(key.name()));
    }

    private static String type(KeyType type) {
        return switch (type) {
            case STRING -> "VARCHAR";
            case TINYINT -> "TINYINT";
            case SMALLINT -> "SMALLINT";
            case INT -> "INTEGER";
            case BIGINT -> "BIGINT";
            case DATE -> "DATE";
            case TIMESTAMP -> "TIMESTAMP";
        };
    }
}
