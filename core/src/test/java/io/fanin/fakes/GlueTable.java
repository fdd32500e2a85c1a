package io.fanin.fakes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** A table with its partitions. Guarded by the lock of its {@link FakeGlue}. */
final class GlueTable {

    private final String database;
    private final Instant created;
    private final ArrayNode indexes;
    private ObjectNode input;
    private Instant updated;
    private int version;
    private int archived;

    private Optional<ComputedPartitions> computed = Optional.empty();
    private final NavigableMap<List<String>, ObjectNode> partitions = new TreeMap<>(GlueTable::compareValues);

    /** Equal schemas and SerDes are held once: a table of 100,000 partitions repeats them 100,000 times. */
    private final Map<JsonNode, JsonNode> shared = new HashMap<>();

    /** @param indexes as GetPartitionIndexes answers them */
    GlueTable(String database, ObjectNode input, ArrayNode indexes, Instant now) {
        this.database = database;
        this.input = input;
        this.indexes = indexes;
        this.created = now;
        this.updated = now;
    }

    ArrayNode indexes() {
        return indexes;
    }

    ObjectNode input() {
        return input;
    }

    int version() {
        return version;
    }

    /** The number of versions that UpdateTable has archived. */
    int archived() {
        return archived;
    }

    NavigableMap<List<String>, ObjectNode> partitions() {
        if (computed.isPresent()) {
            throw new Refusal(501, "NotImplemented", "The partitions of this table are computed, and cannot change");
        }
        return partitions;
    }

    /** From here on the table has these partitions and no others. */
    void compute(ComputedPartitions instead) {
        computed = Optional.of(instead);
    }

    /** The values of all partitions, in order. */
    Iterator<List<String>> values() {
        return computed.map(ComputedPartitions::all)
                .orElseGet(() -> partitions.keySet().iterator());
    }

    /** Those that come after these. */
    Iterator<List<String>> valuesAfter(List<String> last) {
        return computed.map(all -> all.after(last))
                .orElseGet(
                        () -> partitions.navigableKeySet().tailSet(last, false).iterator());
    }

    /** Replaces everything that was said about the table. */
    void update(ObjectNode replacement, boolean archive, Instant now) {
        input = replacement;
        version++;
        archived += archive ? 1 : 0;
        updated = now;
    }

    ObjectNode describe() {
        ObjectNode table = input.deepCopy();
        return table.put("DatabaseName", database)
                .put("CatalogId", FakeGlue.CATALOG)
                .put("CreateTime", created.getEpochSecond())
                .put("UpdateTime", updated.getEpochSecond())
                .put("VersionId", Integer.toString(version));
    }

    /** The partition keys' types by name, in order. */
    List<Map.Entry<String, String>> keys() {
        List<Map.Entry<String, String>> keys = new ArrayList<>();
        for (JsonNode key : input.path("PartitionKeys")) {
            keys.add(Map.entry(key.path("Name").asText(), key.path("Type").asText("string")));
        }
        return keys;
    }

    Optional<ObjectNode> partition(List<String> values) {
        return computed.isPresent()
                ? computed.filter(all -> all.contains(values)).map(all -> described(all, values))
                : Optional.ofNullable(partitions.get(values));
    }

    void put(List<String> values, ObjectNode partitionInput, long creationTime) {
        if (partitionInput.get("StorageDescriptor") instanceof ObjectNode storage) {
            share(storage, "Columns");
            share(storage, "SerdeInfo");
        }
        partitions().put(values, described(partitionInput, creationTime));
    }

    /** The partition with the fields that Glue adds to its input. */
    private ObjectNode described(ObjectNode partitionInput, long creationTime) {
        return partitionInput
                .put("DatabaseName", database)
                .put("TableName", input.path("Name").asText())
                .put("CatalogId", FakeGlue.CATALOG)
                .put("CreationTime", creationTime);
    }

    /** A computed partition repeats the table's storage descriptor. */
    private ObjectNode described(ComputedPartitions all, List<String> values) {
        ObjectNode partition = JsonNodeFactory.instance.objectNode();
        values.forEach(partition.putArray("Values")::add);
        ObjectNode storage = partition.putObject("StorageDescriptor");
        if (input.get("StorageDescriptor") instanceof ObjectNode ofTable) {
            storage.setAll(ofTable);
        }
        storage.put("Location", all.location(values));
        all.parameters(values).forEach(partition.putObject("Parameters")::put);
        return described(partition, created.getEpochSecond());
    }

    private void share(ObjectNode storage, String member) {
        if (storage.has(member)) {
            storage.set(member, shared.computeIfAbsent(storage.get(member), node -> node));
        }
    }

    private static int compareValues(List<String> a, List<String> b) {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            int difference = Comparator.<String>naturalOrder().compare(a.get(i), b.get(i));
            if (difference != 0) {
                return difference;
            }
        }
        return Integer.compare(a.size(), b.size());
    }
}
