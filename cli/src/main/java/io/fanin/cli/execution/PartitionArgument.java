package io.fanin.cli.execution;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fanin.cli.console.CommandFailedException;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.model.json.Json;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.spec.NamedPartition;
import io.fanin.model.table.TableName;

/** A partition on the command line. */
public final class PartitionArgument {

    public static final String DESCRIPTION = "its name, such as dt=2013-02-08/hour=17, or its values as a JSON array";

    private PartitionArgument() {}

    /**
     * Reads a name or an array of values.
     *
     * @throws CommandFailedException if it begins like an array and is not one
     */
    public static JsonNode read(String partition) {
        try {
            return partition.startsWith("[") ? Json.input().readTree(partition) : TextNode.valueOf(partition);
        } catch (JsonProcessingException e) {
            throw new CommandFailedException("'" + partition + "' is not a JSON array of values", e);
        }
    }

    /**
     * The values of a table's partition.
     *
     * @param partition its name or an array of its values
     * @throws CommandFailedException if the table cannot have such a partition
     */
    public static PartitionValues values(String partition, CatalogTable table) {
        if (table.keys().isEmpty()) {
            throw new CommandFailedException(
                    table.whyUnusable().orElse("table " + table.name() + " has no partition keys"));
        }
        try {
            return NamedPartition.of(read(partition)).valuesFor(table.keys());
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException(
                    "'" + partition + "' is not a partition of " + table.name() + ": " + e.getMessage(), e);
        }
    }

    /** The beginning of an execution's input for a table. */
    public static ObjectNode inputFor(TableName table) {
        return Json.documents()
                .createObjectNode()
                .put("database", table.database())
                .put("table", table.table());
    }
}
