package io.fanin.cli.init;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.tables.SpecResolution;
import io.fanin.model.json.Json;
import io.fanin.model.layout.KeyedLayout;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.SpecException;
import io.fanin.model.spec.rules.SpecReader;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableDefinition;
import java.util.Optional;

/** The spec of a table in the catalog, without fields that equal the catalog or a default. */
final class SpecDraft {

    private final CatalogTable table;
    private final ObjectNode json = Json.documents().createObjectNode();

    SpecDraft(CatalogTable table) {
        this.table = table;
        json.put("database", table.name().database()).put("table", table.name().table());
    }

    SpecDraft at(S3Location location) {
        if (!table.location().equals(Optional.of(location))) {
            json.put("location", location.uri());
        }
        return this;
    }

    SpecDraft laidOut(KeyedLayout layout) {
        if (!layout.keys().equals(table.keys())) {
            ArrayNode keys = json.putArray("partitionKeys");
            layout.keys().forEach(key -> keys.add(Json.documents().valueToTree(key)));
        }
        if (!layout.name().equals(table.layout().orElse(TableDefinition.HIVE_LAYOUT))) {
            json.put("layout", layout.name());
        }
        return this;
    }

    SpecDraft registering() {
        json.putObject("processor").put("type", "register");
        return this;
    }

    JsonNode json() {
        return json;
    }

    /**
     * The spec as a run resolves it.
     *
     * @throws SpecException if a run would refuse it
     */
    ResolvedSpec resolved() {
        return SpecResolution.resolve(new SpecReader().read(json), table);
    }
}
