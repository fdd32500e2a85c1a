package io.fanin.processor.parquet;

import io.fanin.core.partition.PartitionKey;
import io.fanin.core.partition.PartitionValues;
import io.fanin.records.tables.KeyValue;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Adds a partition's values as columns to those of its files, as query engines do.
 *
 * @param from the SQL that follows the table in FROM
 */
record KeyColumns(String from) {

    static KeyColumns of(List<PartitionKey> keys, PartitionValues values) {
        return of(KeyValue.of(keys, values));
    }

    static KeyColumns of(List<KeyValue> values) {
        return new KeyColumns(values.stream()
                .map(KeyValue::column)
                .collect(Collectors.joining(", ", " CROSS JOIN (SELECT ", ") AS partition_keys")));
    }
}
