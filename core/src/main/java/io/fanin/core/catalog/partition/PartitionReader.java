package io.fanin.core.catalog.partition;

import io.fanin.core.catalog.Batches;
import io.fanin.core.catalog.CatalogUnavailableException;
import io.fanin.core.catalog.GlueCall;
import io.fanin.core.catalog.GlueRetries;
import io.fanin.core.catalog.ParallelRequests;
import io.fanin.model.partition.EquivalentValues;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.table.Column;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.table.TableName;
import io.fanin.model.text.Counted;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.BatchGetPartitionResponse;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.PartitionValueList;

/** Reads partitions by their values. The caller chooses the properties that are kept; the rest is discarded. */
public final class PartitionReader {

    /** The maximum number of values of a BatchGetPartition in Glue. */
    static final int MAX_GET = 1000;

    /**
     * The minimum number of values of a request, even for a very wide table, whose partitions take more memory then.
     */
    static final int MIN_GET = 20;

    /** The maximum number of columns in one answer, which repeats them for each partition: some 10 MB of memory. */
    private static final int MAX_COLUMNS = 50_000;

    /** A type takes as much memory as a column more for each of so many characters. */
    private static final int CHARACTERS_OF_A_COLUMN = 200;

    private final GlueClient glue;
    private final GlueRetries retries;
    private final ParallelRequests requests;

    public PartitionReader(GlueClient glue, GlueRetries retries, ParallelRequests requests) {
        this.glue = glue;
        this.retries = retries;
        this.requests = requests;
    }

    /** The number of columns of usual types that take as much memory as these, which may have very long types. */
    public static int weight(List<Column> columns) {
        return columns.stream()
                .mapToInt(column -> 1 + column.type().length() / CHARACTERS_OF_A_COLUMN)
                .sum();
    }

    /** The number of partitions with this number of columns that are requested at a time. */
    static int sizeFor(int columns) {
        return Math.clamp(MAX_COLUMNS / Math.max(columns, 1), MIN_GET, MAX_GET);
    }

    /**
     * The partitions with these values in any of their forms, by the values as given, with concurrent requests. Values
     * that Glue cannot hold are not requested, nor those of a table that had another number of keys.
     *
     * @param columns the {@link #weight} of those of the table, and of each of its partitions
     */
    public <T> Map<PartitionValues, T> find(
            TableName table,
            List<PartitionKey> keys,
            int columns,
            Collection<PartitionValues> values,
            Function<Partition, T> kept) {
        return find(keys, values, all -> read(table, columns, all, kept));
    }

    /** The same partitions of a table with these columns and keys. */
    public <T> Map<PartitionValues, T> find(
            TableDefinition table, Collection<PartitionValues> values, Function<Partition, T> kept) {
        return find(table.name(), table.keys(), weight(table.columns()), values, kept);
    }

    private static <T> Map<PartitionValues, T> find(
            List<PartitionKey> keys,
            Collection<PartitionValues> values,
            Function<List<PartitionValues>, Map<PartitionValues, T>> read) {
        EquivalentValues forms = new EquivalentValues(keys);
        Map<PartitionValues, List<PartitionValues>> asked = new LinkedHashMap<>();
        values.stream()
                .filter(one -> one.values().size() == keys.size() && RegistrationInput.isValid(one))
                .forEach(one -> asked.computeIfAbsent(one, forms::all));
        List<PartitionValues> all =
                asked.values().stream().flatMap(List::stream).toList();
        Map<PartitionValues, T> found = read.apply(all);
        Map<PartitionValues, T> registered = new HashMap<>();
        asked.forEach((one, its) -> its.stream()
                .filter(found::containsKey)
                .findFirst()
                .ifPresent(form -> registered.put(one, found.get(form))));
        return Map.copyOf(registered);
    }

    /**
     * The partitions among these that exist, read with concurrent requests.
     *
     * @param columns the {@link #weight} of the table's columns
     */
    <T> Map<PartitionValues, T> read(
            TableName table, int columns, Collection<PartitionValues> values, Function<Partition, T> kept) {
        Map<PartitionValues, T> found = new HashMap<>();
        requests.each(batches(values, sizeFor(columns)), batch -> readBatch(table, batch, kept))
                .forEach(found::putAll);
        return found;
    }

    private static List<List<PartitionValues>> batches(Collection<PartitionValues> values, int size) {
        return Batches.of(new LinkedHashSet<>(values), size);
    }

    private <T> Map<PartitionValues, T> readBatch(
            TableName table, List<PartitionValues> batch, Function<Partition, T> kept) {
        Map<PartitionValues, T> found = new HashMap<>();
        List<PartitionValueList> unread = keys(batch);
        int fruitless = 0;
        while (!unread.isEmpty()) {
            BatchGetPartitionResponse answer = get(table, unread);
            answer.partitions()
                    .forEach(partition -> found.put(new PartitionValues(partition.values()), kept.apply(partition)));
            fruitless = answer.unprocessedKeys().size() < unread.size() ? 0 : fruitless + 1;
            unread = answer.unprocessedKeys();
            if (fruitless == GlueRetries.MAX_ATTEMPTS) {
                throw new CatalogUnavailableException("Glue's BatchGetPartition for table " + table + " left "
                        + unread.size() + " of " + Counted.of(batch.size(), "partition") + " unread in "
                        + Counted.of(fruitless, "attempt") + "; run it again later");
            }
            if (fruitless > 0) {
                retries.pauseAfter(fruitless);
            }
        }
        return found;
    }

    static List<PartitionValueList> keys(List<PartitionValues> all) {
        return all.stream()
                .map(key -> PartitionValueList.builder().values(key.values()).build())
                .toList();
    }

    private BatchGetPartitionResponse get(TableName table, List<PartitionValueList> keys) {
        return retries.repeatable(
                GlueCall.onTable("BatchGetPartition", table),
                () -> glue.batchGetPartition(request -> request.databaseName(table.database())
                        .tableName(table.table())
                        .partitionsToGet(keys)));
    }
}
