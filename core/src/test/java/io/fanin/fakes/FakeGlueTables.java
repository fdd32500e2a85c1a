package io.fanin.fakes;

import static io.fanin.fakes.FakeGlueCatalog.folded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The operations on databases and tables. */
final class FakeGlueTables {

    private final FakeGlueCatalog catalog;
    private final Clock clock;
    private final Set<String> unlisted = new HashSet<>();

    FakeGlueTables(FakeGlueCatalog catalog, Clock clock) {
        this.catalog = catalog;
        this.clock = clock;
    }

    /** Leaves a table out of lists, as Lake Formation does. */
    void hideFromLists(String table) {
        unlisted.add(table);
    }

    Map<String, Function<GlueRequest, ObjectNode>> operations() {
        return Map.of(
                "GetDatabase", this::getDatabase,
                "GetDatabases", this::getDatabases,
                "CreateDatabase", this::createDatabase,
                "GetTable", this::getTable,
                "GetTables", this::getTables,
                "CreateTable", this::createTable,
                "UpdateTable", this::updateTable,
                "DeleteTable", this::deleteTable,
                "GetPartitionIndexes", this::getPartitionIndexes);
    }

    private ObjectNode getDatabase(GlueRequest request) {
        ObjectNode database = catalog.database(request.text("Name")).describe();
        return empty().set("Database", database);
    }

    private ObjectNode getDatabases(GlueRequest request) {
        return GluePage.of(request, "Database", catalog.databases(), FakeGlueCatalog.Database::describe);
    }

    private ObjectNode createDatabase(GlueRequest request) {
        ObjectNode input = request.object("DatabaseInput");
        catalog.add(name(input), input, clock.instant().getEpochSecond());
        return empty();
    }

    private ObjectNode getTable(GlueRequest request) {
        ObjectNode table = catalog.table(request.text("DatabaseName"), request.text("Name"))
                .describe();
        return empty().set("Table", table);
    }

    private ObjectNode getTables(GlueRequest request) {
        Pattern pattern = Pattern.compile(request.optional("Expression").orElse(".*"));
        NavigableMap<String, GlueTable> tables =
                new TreeMap<>(catalog.database(request.text("DatabaseName")).tables());
        tables.keySet().removeIf(name -> !pattern.matcher(name).matches() || unlisted.contains(name));
        return GluePage.of(request, "Table", tables, GlueTable::describe);
    }

    private ObjectNode createTable(GlueRequest request) {
        ObjectNode input = request.object("TableInput");
        String database = request.text("DatabaseName");
        String name = folded(name(input));
        GlueTable table =
                new GlueTable(folded(database), input.put("Name", name), indexes(request, input), clock.instant());
        catalog.add(database, name, table);
        return empty();
    }

    /** Those of a new table: at most three, of its keys, and there at once, while Glue takes its time. */
    private static ArrayNode indexes(GlueRequest request, ObjectNode table) {
        Map<String, String> types = new HashMap<>();
        table.path("PartitionKeys")
                .forEach(key ->
                        types.put(key.path("Name").asText(), key.path("Type").asText("string")));
        ArrayNode indexes = JsonNodeFactory.instance.arrayNode();
        if (!request.body().has("PartitionIndexes")) {
            return indexes;
        }
        for (JsonNode asked : request.list("PartitionIndexes", GlueLimits.of("partitionIndexes"))) {
            ObjectNode index = indexes.addObject();
            index.put("IndexName", asked.path("IndexName").asText()).put("IndexStatus", "ACTIVE");
            for (JsonNode key : asked.path("Keys")) {
                if (!types.containsKey(key.asText())) {
                    throw GlueRequest.invalid("Key " + key.asText() + " of the index is not a partition key");
                }
                index.withArray("Keys").addObject().put("Name", key.asText()).put("Type", types.get(key.asText()));
            }
        }
        return indexes;
    }

    private ObjectNode getPartitionIndexes(GlueRequest request) {
        GlueTable table = catalog.table(request.text("DatabaseName"), request.text("TableName"));
        return empty().set("PartitionIndexDescriptorList", table.indexes());
    }

    /**
     * Replaces the whole TableInput. The version moves on whether or not the old one is archived, and a VersionId other
     * than the current one is refused.
     */
    private ObjectNode updateTable(GlueRequest request) {
        ObjectNode input = request.object("TableInput");
        String name = folded(name(input));
        GlueTable table = catalog.table(request.text("DatabaseName"), name);
        Optional<String> expected = request.optional("VersionId");
        if (expected.isPresent() && !expected.get().equals(Integer.toString(table.version()))) {
            throw new Refusal(
                    400,
                    "ConcurrentModificationException",
                    "Update table failed due to concurrent modifications: version %s expected, is %d"
                            .formatted(expected.get(), table.version()));
        }
        deriveColumns(input, table);
        table.update(input.put("Name", name), !request.flag("SkipArchive"), clock.instant());
        return empty();
    }

    /** A table with a reference to a schema has its columns, and is not given any. */
    private static void deriveColumns(ObjectNode input, GlueTable table) {
        if (!(input.get("StorageDescriptor") instanceof ObjectNode storage) || !storage.has("SchemaReference")) {
            return;
        }
        if (!storage.path("Columns").isEmpty()) {
            throw new Refusal(
                    400,
                    "InvalidInputException",
                    "Both SchemaReference and Columns are populated, only one of them should be populated.");
        }
        storage.set("Columns", table.input().at("/StorageDescriptor/Columns"));
    }

    private ObjectNode deleteTable(GlueRequest request) {
        catalog.remove(request.text("DatabaseName"), request.text("Name"));
        return empty();
    }

    private static String name(ObjectNode input) {
        String name = input.path("Name").asText();
        if (name.isEmpty()) {
            throw GlueRequest.violates("name", "have length greater than or equal to 1");
        }
        return name;
    }

    private static ObjectNode empty() {
        return JsonNodeFactory.instance.objectNode();
    }
}
