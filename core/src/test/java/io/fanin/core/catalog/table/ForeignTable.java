package io.fanin.core.catalog.table;

import static io.fanin.core.catalog.client.CatalogFixture.FLIGHTS;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.catalog.client.CatalogFixture;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** A table in the catalog with descriptions and parameters of other tools, and many versions. */
final class ForeignTable {

    /** After as many changes. */
    static final int VERSION = 12;

    final CatalogFixture fixture = new CatalogFixture();
    final CatalogTable table;

    ForeignTable() {
        fixture.table();
        alter(input -> {
            input.put("Description", "of all carriers").put("Owner", "ops").put("Retention", 7);
            input.put("LastAnalyzedTime", 1_360_314_000.0);
            ((ObjectNode) input.get("Parameters")).put("foreign", "kept");
        });
        IntStream.range(1, VERSION).forEach(version -> alter(input -> input.put("Retention", version)));
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
