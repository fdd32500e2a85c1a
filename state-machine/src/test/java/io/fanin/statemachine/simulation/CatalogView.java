package io.fanin.statemachine.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.fakes.FakeGlue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The table in Glue at one moment.
 *
 * @param description everything except {@code fanin.*} parameters and Glue's own counters; missing if there is no table
 * @param parameters those of {@code fanin.*}
 * @param created the time of the table's creation; empty if there is none
 */
record CatalogView(
        JsonNode description,
        Map<String, String> parameters,
        Map<List<String>, JsonNode> partitions,
        Optional<Instant> created) {

    static final String OURS = "fanin.";

    private static final List<String> COUNTED = List.of("VersionId", "UpdateTime", "CreateTime");

    static CatalogView of(FakeGlue glue) {
        if (!glue.hasTable(HistoryWorld.DATABASE, HistoryWorld.TABLE)) {
            return new CatalogView(MissingNode.getInstance(), Map.of(), Map.of(), Optional.empty());
        }
        ObjectNode table = ((ObjectNode) glue.table(HistoryWorld.DATABASE, HistoryWorld.TABLE)).deepCopy();
        Instant created = Instant.ofEpochSecond(table.path("CreateTime").asLong());
        table.remove(COUNTED);
        if (table.get("Parameters") instanceof ObjectNode parameters) {
            List<String> ours = parameters.properties().stream()
                    .map(Map.Entry::getKey)
                    .filter(name -> name.startsWith(OURS))
                    .toList();
            parameters.remove(ours);
        }
        Map<String, String> parameters = glue.parameters(HistoryWorld.DATABASE, HistoryWorld.TABLE);
        parameters.keySet().removeIf(name -> !name.startsWith(OURS));
        return new CatalogView(
                table, parameters, glue.partitions(HistoryWorld.DATABASE, HistoryWorld.TABLE), Optional.of(created));
    }

    /** The names of the table's columns; none if there is no table. */
    List<String> columns() {
        return description.at("/StorageDescriptor/Columns").findValuesAsText("Name");
    }

    /** The description without the columns. */
    JsonNode withoutColumns() {
        JsonNode rest = description.deepCopy();
        if (rest.at("/StorageDescriptor") instanceof ObjectNode storage) {
            storage.remove("Columns");
        }
        return rest;
    }

    boolean hasTable() {
        return !description.isMissingNode();
    }

    String status() {
        return parameters.getOrDefault("fanin.status", "");
    }

    /** A parameter of a partition; empty if it has none. */
    static String parameter(JsonNode partition, String name) {
        return partition.path("Parameters").path(name).asText();
    }

    /** The URI of the folder of the run that registered it; empty if another tool did. */
    static String folder(JsonNode partition) {
        return parameter(partition, "fanin.run");
    }

    /** The run that registered it; empty if another tool did. */
    static String run(JsonNode partition) {
        return folder(partition).replaceFirst(".*/runs/", "").replace("/", "");
    }

    /** Whether a run registered it before it had any data. */
    static boolean hadNoData(JsonNode partition) {
        return !run(partition).isEmpty() && Set.of("", "0").contains(parameter(partition, "numFiles"));
    }

    /** The prefix in the lake. */
    static String prefix(JsonNode partition) {
        return SimulatedLake.prefix(location(partition));
    }

    static String location(JsonNode partition) {
        return partition.at("/StorageDescriptor/Location").asText();
    }
}
