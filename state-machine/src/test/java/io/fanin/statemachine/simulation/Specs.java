package io.fanin.statemachine.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.json.Json;

/** The specs of a table's executions. */
final class Specs {

    private final String table;

    Specs(Layouts layout, String format) {
        table = "{\"database\":\"%s\",\"table\":\"%s\",\"location\":\"s3://%s/%s\",\"format\":\"%s\",".formatted(
                        World.DATABASE, World.TABLE, Lake.BUCKET, Lake.LOCATION, format)
                + "\"columns\":[{\"name\":\"carrier\",\"type\":\"string\"},{\"name\":\"delay\",\"type\":\"int\"}],"
                + "\"partitionKeys\":%s,\"layout\":\"%s\"}".formatted(layout.keys(), layout.layout());
    }

    /** A run that looks at everything. */
    ObjectNode everything() {
        return detecting("{\"mode\":\"full\",\"lateData\":true}");
    }

    ObjectNode any(Dice dice, Lake lake) {
        String named = lake.next() == 0
                ? "{\"mode\":\"list\"}"
                : "{\"mode\":\"partitions\",\"partitions\":["
                        + Json.text(lake.layout().values(dice.below(lake.next()))) + "]}";
        ObjectNode spec = detecting(dice.one(
                "{\"mode\":\"list\"}",
                "{\"mode\":\"list\"}",
                "{\"mode\":\"list\",\"lookback\":\"PT3H\"}",
                "{\"mode\":\"list\",\"maxAttempts\":2}",
                "{\"mode\":\"list\",\"gaps\":\"outstanding\"}",
                "{\"mode\":\"full\"}",
                "{\"mode\":\"full\",\"lateData\":true}",
                named));
        return dice.chance(0.2) ? spec.put("onPartial", "succeed") : spec;
    }

    private ObjectNode detecting(String detection) {
        ObjectNode spec = read(table);
        return spec.set("detection", read(detection));
    }

    private static ObjectNode read(String json) {
        try {
            return (ObjectNode) Json.documents().readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }
}
