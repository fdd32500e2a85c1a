package io.fanin.core.catalog.table;

import static io.fanin.core.catalog.client.CatalogFixture.FLIGHTS;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.catalog.client.CatalogFixture;
import java.util.Map;
import java.util.function.Consumer;

/** A table in the catalog that others have described and given parameters of theirs. */
final class ForeignTable {

    final CatalogFixture fixture = new CatalogFixture();
    final CatalogTable table;

    ForeignTable() {
        fixture.table();
        alter(input -> {
            input.put("Description", "of all carriers").put("Owner", "ops").put("Retention", 7);
            input.put("LastAnalyzedTime", 1_360_314_000.0);
            ((ObjectNode) input.get("Parameters")).put("foreign", "kept");
        });
        table = fixture.catalog.table(FLIGHTS).orElseThrow();
        fixture.glue.log().reset();
    }

    void alter(Consumer<ObjectNode> change) {
        fixture.glue.alterTable("analytics", "flights", change);
    }

    Map<String, String> parameters() {
        return fixture.glue.parameters("analytics", "flights");
    }
}
