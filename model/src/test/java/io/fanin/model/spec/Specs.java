package io.fanin.model.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.model.json.Json;
import io.fanin.model.table.TableName;
import java.util.Map;

/** Minimal specs. */
public final class Specs {

    private Specs() {}

    /** The spec of a table that has only these fields besides, by their names. */
    public static TableSpec of(TableName table, Map<String, Object> fields) {
        ObjectNode spec = Json.documents()
                .createObjectNode()
                .put("database", table.database())
                .put("table", table.table());
        fields.forEach((name, value) -> spec.set(name, Json.documents().valueToTree(value)));
        return Json.documents().convertValue(spec, TableSpec.class);
    }

    /** The spec with these fields changed, by their names. */
    public static ResolvedSpec with(ResolvedSpec spec, Map<String, Object> fields) {
        ObjectNode changed = Json.documents().valueToTree(spec);
        fields.forEach((name, value) -> changed.set(name, Json.documents().valueToTree(value)));
        return Json.documents().convertValue(changed, ResolvedSpec.class);
    }
}
