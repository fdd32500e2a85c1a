package io.fanin.core.catalog;

import io.fanin.core.partition.PartitionValues;
import io.fanin.core.table.TableName;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.BatchGetPartitionResponse;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.PartitionValueList;

/** Reads the partitions of given values. */
final class PartitionReader {

    /** Glue: BatchGetPartition takes at most so many values. */
    static final int MAX_GET = 1000;

    private final GlueClient glue;
    private final GlueRetries retries;

    PartitionReader(GlueClient glue, GlueRetries retries) {
        this.glue = glue;
        this.retries = retries;
    }

    /** Those of the values that are there. */
    Map<PartitionValues, Partition> read(TableName table, Collection<PartitionValues> values) {
        Map<PartitionValues, Partition> found = new HashMap<>();
        for (List<PartitionValues> batch : Batches.of(new LinkedHashSet<>(values), MAX_GET)) {
            List<PartitionValueList> keys = batch.stream()
                    .map(key ->
                            PartitionValueList.builder().values(key.values()).build())
                    .toList();
            readBatch(table, keys, found);
        }
        return found;
    }

    private void readBatch(TableName table, List<PartitionValueList> keys, Map<PartitionValues, Partition> found) {
        List<PartitionValueList> unread = keys;
        int fruitless = 0;
        while (!unread.isEmpty()) {
            BatchGetPartitionResponse answer = get(table, unread);
            answer.partitions().forEach(partition -> found.put(new PartitionValues(partition.values()), partition));
            fruitless = answer.unprocessedKeys().size() < unread.size() ? 0 : fruitless + 1;
            unread = answer.unprocessedKeys();
            if (fruitless == GlueRetries.MAX_ATTEMPTS) {
                throw new CatalogUnavailableException("Glue's BatchGetPartition for table " + table + " left "
                        + unread.size() + " of " + keys.size() + " partitions unread in " + fruitless
                        + " attempts; run it again later");
            }
            if (fruitless > 0) {
                retries.pauseAfter(fruitless);
            }
        }
    }

    private BatchGetPartitionResponse get(TableName table, List<PartitionValueList> keys) {
        return retries.repeatable(
                GlueCall.onTable("BatchGetPartition", table),
                () -> glue.batchGetPartition(request -> request.databaseName(table.database())
                        .tableName(table.table())
                        .partitionsToGet(keys)));
    }
}
