package io.fanin.core.catalog.table;

import static io.fanin.core.catalog.client.CatalogFixture.FLIGHTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.catalog.client.CatalogFixture;
import io.fanin.model.table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Columns are added after those of a table, and nothing else of it changes. */
class AppendedColumnsTest {

    private final ForeignTable foreign = new ForeignTable();
    private final CatalogFixture fixture = foreign.fixture;
    private final CatalogTable table = foreign.table;

    @Test
    void columnsAreAddedAtTheEndAndNothingElseChanges() {
        foreign.alter(input -> ((ObjectNode) input.at("/StorageDescriptor/Columns/0")).put("Comment", "IATA"));
        CatalogTable commented = fixture.catalog.table(FLIGHTS).orElseThrow();
        ObjectNode before = all();

        CatalogTable changed = fixture.catalog.appendColumns(commented, withGate(commented));

        ((ObjectNode) before.get("StorageDescriptor"))
                .withArray("Columns")
                .addObject()
                .put("Name", "gate")
                .put("Type", "string");
        assertThat(all()).isEqualTo(before);
        assertThat(changed.columns()).isEqualTo(withGate(commented));
        assertThat(fixture.glue.log().calls("UpdateTable"))
                .singleElement()
                .satisfies(call -> assertThat(call.facts())
                        .containsEntry("VersionId", String.valueOf(ForeignTable.VERSION + 1))
                        .containsEntry("SkipArchive", "true"));
    }

    @Test
    void columnsThatTheTableHasAreNotAddedAgain() {
        CatalogTable changed = fixture.catalog.appendColumns(table, withGate(table));

        fixture.catalog.appendColumns(changed, withGate(table));
        fixture.catalog.appendColumns(changed, table.columns());

        assertThat(fixture.glue.log().count("UpdateTable")).isEqualTo(1);
    }

    @Test
    void columnsAreAddedToATableThatOthersChangeMeanwhile() {
        fixture.glue
                .faults()
                .on("UpdateTable")
                .first(1)
                .thenRun(() -> foreign.alter(input -> input.put("Owner", "them")));

        fixture.catalog.appendColumns(table, withGate(table));

        JsonNode now = fixture.glue.table("analytics", "flights");
        assertThat(now.get("Owner").asText()).isEqualTo("them");
        assertThat(now.at("/StorageDescriptor/Columns/2/Name").asText()).isEqualTo("gate");
    }

    @Test
    void columnsThatOthersAddedMeanwhileAreNotOverwritten() {
        fixture.glue
                .faults()
                .on("UpdateTable")
                .first(1)
                .thenRun(() -> foreign.alter(input -> ((ObjectNode) input.get("StorageDescriptor"))
                        .withArray("Columns")
                        .addObject()
                        .put("Name", "terminal")
                        .put("Type", "string")));

        assertThatThrownBy(() -> fixture.catalog.appendColumns(table, withGate(table)))
                .isExactlyInstanceOf(TableReplacedException.class)
                .hasMessageContaining("columns of table analytics.flights were changed");
    }

    @Test
    void lostAnswerToAddedColumnsIsResolvedByReading() {
        fixture.glue.faults().on("UpdateTable").first(1).thenTimeOutAfter();

        fixture.once.appendColumns(table, withGate(table));

        assertThat(fixture.operations()).containsExactly("UpdateTable", "GetTable");
    }

    private static List<Column> withGate(CatalogTable table) {
        List<Column> columns = new ArrayList<>(table.columns());
        columns.add(new Column("gate", "string"));
        return columns;
    }

    private ObjectNode all() {
        ObjectNode now = fixture.glue.table("analytics", "flights").deepCopy();
        return now.remove(Set.of("VersionId", "UpdateTime"));
    }
}
