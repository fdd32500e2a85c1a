package io.fanin.core.catalog.table;

import io.fanin.core.catalog.GlueCall;
import io.fanin.core.catalog.GlueRetries;
import io.fanin.model.table.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.GetPartitionIndexesResponse;
import software.amazon.awssdk.services.glue.model.KeySchemaElement;
import software.amazon.awssdk.services.glue.model.PartitionIndex;
import software.amazon.awssdk.services.glue.model.PartitionIndexDescriptor;
import software.amazon.awssdk.services.glue.model.PartitionIndexStatus;

/** Partition indexes, with which Glue finds partitions without reading all of a table's. */
public final class PartitionIndexes {

    /** The maximum length of an index's name in Glue. */
    private static final int MAX_NAME = 255;

    private final GlueClient glue;
    private final GlueRetries retries;

    public PartitionIndexes(GlueClient glue, GlueRetries retries) {
        this.glue = glue;
        this.retries = retries;
    }

    /** The input for CreateTable; each index is named after its keys, and by its place where names would be equal. */
    static List<PartitionIndex> inputs(List<List<String>> indexes) {
        Set<String> names = new HashSet<>();
        List<PartitionIndex> inputs = new ArrayList<>();
        for (List<String> index : indexes) {
            List<String> keys = canonical(index);
            String name = name(String.join("_", keys), "");
            String unique = name;
            for (int number = 2; !names.add(unique); number++) {
                unique = name(name, "_" + number);
            }
            inputs.add(PartitionIndex.builder().indexName(unique).keys(keys).build());
        }
        return List.copyOf(inputs);
    }

    private static String name(String keys, String end) {
        return keys.substring(0, Math.min(keys.length(), MAX_NAME - end.length())) + end;
    }

    /** The indexes among these that a table neither has nor is being given. */
    public List<List<String>> missing(TableName table, List<List<String>> wanted) {
        GlueCall call = GlueCall.onTable("GetPartitionIndexes", table);
        Set<List<String>> present = TableListing.all(
                        call,
                        token -> retries.repeatable(
                                call,
                                () -> glue.getPartitionIndexes(request -> request.databaseName(table.database())
                                        .tableName(table.table())
                                        .nextToken(token))),
                        GetPartitionIndexesResponse::partitionIndexDescriptorList,
                        GetPartitionIndexesResponse::nextToken)
                .stream()
                .filter(PartitionIndexes::isKept)
                .map(index -> canonical(
                        index.keys().stream().map(KeySchemaElement::name).toList()))
                .collect(Collectors.toSet());
        return wanted.stream()
                .filter(index -> !present.contains(canonical(index)))
                .toList();
    }

    private static boolean isKept(PartitionIndexDescriptor index) {
        return index.indexStatus() == PartitionIndexStatus.ACTIVE
                || index.indexStatus() == PartitionIndexStatus.CREATING;
    }

    private static List<String> canonical(Collection<String> keys) {
        return keys.stream().map(key -> key.toLowerCase(Locale.ROOT)).toList();
    }
}
