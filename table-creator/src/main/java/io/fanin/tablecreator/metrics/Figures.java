package io.fanin.tablecreator.metrics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.model.cost.TableSeries;
import io.fanin.model.json.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Figures that were measured together, as a line in CloudWatch's embedded metric format. They are published by stack,
 * and some also by table: each combination of dimensions is billed as a metric. Values that are not dimensions are
 * fields by which the line is found in the log.
 */
final class Figures {

    static final String NAMESPACE = "PartitionFanIn";

    /** Minutes since the beginning of the period through which the table is complete. */
    static final String LAG = "CompleteThroughLagMinutes";

    private static final String STACK = "Stack";
    private static final String TABLE = "Table";

    private final Map<String, String> units = new LinkedHashMap<>();
    private final ObjectNode fields = Json.documents().createObjectNode();

    private final TableSeries series;

    Figures(String stack, String table, TableSeries series) {
        this.series = series;
        fields.put(STACK, stack).put(TABLE, table);
    }

    /** Figures of no single table. */
    Figures(String stack) {
        this.series = TableSeries.NONE;
        fields.put(STACK, stack);
    }

    Figures count(String name, long count) {
        return with(name, "Count", count);
    }

    Figures with(String name, String unit, long figure) {
        units.put(name, unit);
        fields.put(name, figure);
        return this;
    }

    private boolean isOfEachTable(String metric) {
        return switch (series) {
            case NONE -> false;
            case LAG -> metric.equals(LAG);
            case ALL -> true;
        };
    }

    /** Adds a field that is not a metric, by which the line is found in the log. */
    Figures about(String name, String value) {
        fields.put(name, value);
        return this;
    }

    String line(Instant at) {
        ObjectNode line = Json.documents().createObjectNode();
        ArrayNode directives =
                line.putObject("_aws").put("Timestamp", at.toEpochMilli()).putArray("CloudWatchMetrics");
        addDirective(directives, List.of(STACK), metric -> true);
        if (units.keySet().stream().anyMatch(this::isOfEachTable)) {
            addDirective(directives, List.of(STACK, TABLE), this::isOfEachTable);
        }
        return line.setAll(fields).toString();
    }

    private void addDirective(ArrayNode directives, List<String> dimensions, Predicate<String> metrics) {
        ObjectNode directive = directives.addObject().put("Namespace", NAMESPACE);
        ArrayNode names = directive.putArray("Dimensions").addArray();
        dimensions.forEach(names::add);
        ArrayNode listed = directive.putArray("Metrics");
        units.forEach((name, unit) -> {
            if (metrics.test(name)) {
                listed.addObject().put("Name", name).put("Unit", unit);
            }
        });
    }
}
