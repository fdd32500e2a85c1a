package io.fanin.processor.parquet;

import io.fanin.core.partition.PartitionKey;
import io.fanin.core.partition.PartitionValues;
import io.fanin.records.tables.KeyValue;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A partition's values as columns beside those of its files, as readers show them.
 *
 * @param from what is written after a table in FROM
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
