package io.fanin.tablecreator.metrics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.model.json.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Figures that were measured together, as a line of CloudWatch's embedded metric format. They are
 * published by table and stack, and by stack alone: a run is not a dimension, since each combination
 * of dimensions is a metric that is paid for.
 */
final class Figures {

    static final String NAMESPACE = "PartitionFanIn";

    private static final String STACK = "Stack";
    private static final String TABLE = "Table";

    private final Map<String, String> units = new LinkedHashMap<>();
    private final ObjectNode fields = Json.documents().createObjectNode();

    Figures(String stack, String table) {
        fields.put(STACK, stack).put(TABLE, table);
    }

    Figures count(String name, long count) {
        return with(name, "Count", count);
    }

    /** Left out where it is not known. */
    Figures with(String name, String unit, OptionalLong figure) {
        figure.ifPresent(known -> with(name, unit, known));
        return this;
    }

    private Figures with(String name, String unit, long figure) {
        units.put(name, unit);
        fields.put(name, figure);
        return this;
    }

    /** A field that is not a metric: it finds the line in the log. */
    Figures about(String name, String value) {
        fields.put(name, value);
        return this;
    }

    String line(Instant at) {
        ObjectNode directive = Json.documents().createObjectNode().put("Namespace", NAMESPACE);
        ArrayNode dimensions = directive.putArray("Dimensions");
        dimensions.addArray().add(STACK).add(TABLE);
        dimensions.addArray().add(STACK);
        ArrayNode metrics = directive.putArray("Metrics");
        units.forEach((name, unit) -> metrics.addObject().put("Name", name).put("Unit", unit));
        ObjectNode line = Json.documents().createObjectNode();
        line.putObject("_aws")
                .put("Timestamp", at.toEpochMilli())
                .putArray("CloudWatchMetrics")
                .add(directive);
        return line.setAll(fields).toString();
    }
}
