package io.fanin.core.catalog.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.catalog.CatalogException;
import io.fanin.core.catalog.CatalogUnavailableException;
import io.fanin.core.catalog.client.CatalogFixture;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parameters are changed and nothing else, even if others change the table meanwhile. */
class TableUpdaterTest {

    private final ForeignTable foreign = new ForeignTable();
    private final CatalogFixture fixture = foreign.fixture;
    private final CatalogTable table = foreign.table;

    @Test
    void onlyTheParametersChange() {
        JsonNode before = withoutParameters();

        fixture.catalog.updateParameters(table, TableUpdaterTest::mark);

        assertThat(withoutParameters()).isEqualTo(before);
        assertThat(foreign.parameters()).containsEntry("foreign", "kept").containsEntry("fanin.status", "PARTIAL");
        assertThat(fixture.operations()).containsExactly("UpdateTable");
    }

    /** Glue returns the columns of the schema, and takes none beside the reference. */
    @Test
    void tableWhoseColumnsAreInASchemaRegistryIsMarkedAndKeepsThem() {
        foreign.alter(input -> ((ObjectNode) input.get("StorageDescriptor"))
                .putObject("SchemaReference")
                .put("SchemaVersionId", "v1"));
        CatalogTable registry = fixture.catalog.table(table.name()).orElseThrow();

        fixture.catalog.updateParameters(registry, TableUpdaterTest::mark);

        assertThat(foreign.parameters()).containsEntry("fanin.status", "PARTIAL");
        assertThat(fixture.catalog.table(table.name()).orElseThrow().columns()).isEqualTo(registry.columns());
    }

    @Test
    void updateNamesTheVersionItReadAndArchivesNothing() {
        int archived = fixture.glue.archivedVersions("analytics", "flights");

        fixture.catalog.updateParameters(table, TableUpdaterTest::mark);

        assertThat(fixture.glue.log().calls("UpdateTable").getFirst().facts())
                .containsEntry("VersionId", String.valueOf(ForeignTable.VERSION))
                .containsEntry("SkipArchive", "true");
        assertThat(fixture.glue.archivedVersions("analytics", "flights")).isEqualTo(archived);
    }

    /** A table made anew may have come to the same version. */
    @Test
    void tableOfFewVersionsIsReadOnceMoreBeforeItIsChanged() {
        CatalogFixture young = new CatalogFixture();
        young.table();
        CatalogTable known = young.catalog.table(CatalogFixture.FLIGHTS).orElseThrow();
        young.glue.log().reset();

        young.catalog.updateParameters(known, TableUpdaterTest::mark);

        assertThat(young.operations()).containsExactly("GetTable", "UpdateTable");
    }

    @Test
    void changeAfterAChangeReadsTheTableNoMore() {
        CatalogTable marked = fixture.catalog.updateParameters(table, TableUpdaterTest::mark);

        fixture.catalog.updateParameters(marked, TableUpdaterTest::count);

        assertThat(foreign.parameters())
                .containsEntry("fanin.status", "PARTIAL")
                .containsEntry("count", "1");
        assertThat(fixture.operations()).containsExactly("UpdateTable", "UpdateTable");
    }

    @Test
    void whatSomebodyElseChangedBetweenTwoChangesIsKept() {
        CatalogTable marked = fixture.catalog.updateParameters(table, TableUpdaterTest::mark);
        foreign.alter(input -> input.put("Description", "changed meanwhile"));

        fixture.catalog.updateParameters(marked, TableUpdaterTest::count);

        assertThat(fixture.glue.table("analytics", "flights").get("Description").asText())
                .isEqualTo("changed meanwhile");
        assertThat(foreign.parameters())
                .containsEntry("fanin.status", "PARTIAL")
                .containsEntry("count", "1");
    }

    @Test
    void tableThatWasCreatedAgainMeanwhileIsNotChanged() {
        fixture.glue.dropTable("analytics", "flights");
        fixture.clock.advance(Duration.ofHours(1));
        fixture.table();

        assertThatThrownBy(() -> fixture.catalog.updateParameters(table, TableUpdaterTest::mark))
                .isExactlyInstanceOf(TableReplacedException.class)
                .hasMessageContainingAll("analytics.flights was created again", "Start a new execution");
        assertThat(foreign.parameters()).doesNotContainKey("fanin.status");
    }

    @Test
    void changeThatChangesNothingWritesNothing() {
        fixture.catalog.updateParameters(table, parameters -> parameters);

        assertThat(fixture.operations()).containsExactly("GetTable");
    }

    /** A table read before it was marked would otherwise keep its mark: COMPLETE on the old copy looks like done. */
    @Test
    void outdatedCopyIsReadAgainWhenTheChangeHasNoEffect() {
        fixture.catalog.updateParameters(table, TableUpdaterTest::mark);

        fixture.catalog.updateParameters(table, parameters -> {
            parameters.remove("fanin.status");
            return parameters;
        });

        assertThat(foreign.parameters()).doesNotContainKey("fanin.status");
    }

    @Test
    void whatAConcurrentWriterChangedIsKept() {
        fixture.glue
                .faults()
                .on("UpdateTable")
                .first(1)
                .thenRun(() -> foreign.alter(input -> {
                    input.put("Description", "changed meanwhile").put("Owner", "them");
                    ((ObjectNode) input.get("Parameters")).put("meanwhile", "yes");
                    ((ObjectNode) input.get("StorageDescriptor"))
                            .withArray("Columns")
                            .addObject()
                            .put("Name", "gate")
                            .put("Type", "string");
                }));

        fixture.catalog.updateParameters(table, TableUpdaterTest::mark);

        JsonNode now = fixture.glue.table("analytics", "flights");
        assertThat(now.get("Description").asText()).isEqualTo("changed meanwhile");
        assertThat(now.get("Owner").asText()).isEqualTo("them");
        assertThat(now.at("/StorageDescriptor/Columns")).hasSize(3);
        assertThat(foreign.parameters())
                .containsEntry("foreign", "kept")
                .containsEntry("meanwhile", "yes")
                .containsEntry("fanin.status", "PARTIAL");
        assertThat(fixture.operations()).containsExactly("UpdateTable", "GetTable", "UpdateTable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ConcurrentModificationException", "VersionMismatchException", "ThrottlingException"})
    void conflictIsAnsweredByReadingAndWritingAgain(String code) {
        fixture.glue.faults().on("UpdateTable").first(2).thenFail(400, code, "because");

        fixture.once.updateParameters(table, TableUpdaterTest::mark);

        assertThat(foreign.parameters()).containsEntry("foreign", "kept").containsEntry("fanin.status", "PARTIAL");
        assertThat(fixture.operations())
                .containsExactly("UpdateTable", "GetTable", "UpdateTable", "GetTable", "UpdateTable");
    }

    @Test
    void deniedByLakeFormationNamesThePermission() {
        fixture.glue
                .faults()
                .on("UpdateTable")
                .thenFail(400, "AccessDeniedException", "Insufficient Lake Formation permission(s): Required Alter");

        assertThatThrownBy(() -> fixture.catalog.updateParameters(table, TableUpdaterTest::mark))
                .hasMessageContaining(
                        "Lake Formation denies it: grant the role that called (in a run, the function's) ALTER on table analytics.flights there");
    }

    @Test
    void updateFailsWhenOthersKeepChangingTheTable() {
        int[] changes = {0};
        fixture.glue
                .faults()
                .on("UpdateTable")
                .thenRun(() ->
                        foreign.alter(input -> ((ObjectNode) input.get("Parameters")).put("n", "" + changes[0]++)));

        assertThatThrownBy(() -> fixture.catalog.updateParameters(table, TableUpdaterTest::mark))
                .isInstanceOf(CatalogUnavailableException.class)
                .hasMessageContainingAll("table analytics.flights", "ConcurrentModificationException");
        assertThat(fixture.glue.log().count("UpdateTable")).isEqualTo(5);
    }

    @Test
    void lostAnswerIsResolvedByReading() {
        fixture.glue.faults().on("UpdateTable").first(1).thenTimeOutAfter();

        fixture.once.updateParameters(table, TableUpdaterTest::count);

        assertThat(foreign.parameters()).containsEntry("count", "1");
        assertThat(fixture.operations()).containsExactly("UpdateTable", "GetTable");
    }

    /** The SDK sends a dropped update again, whose version is then the old one. */
    @Test
    void sdksOwnRetryAfterTheEffectIsNotCountedTwice() {
        fixture.glue.faults().on("UpdateTable").first(1).thenDropAfter();

        fixture.catalog.updateParameters(table, TableUpdaterTest::count);
        assertThat(foreign.parameters()).containsEntry("count", "1");
    }

    @Test
    void missingTableIsNamed() {
        fixture.glue.dropTable("analytics", "flights");

        assertThatThrownBy(() -> fixture.catalog.updateParameters(table, TableUpdaterTest::mark))
                .isExactlyInstanceOf(CatalogException.class)
                .hasMessageContaining("table analytics.flights");
    }

    @Test
    void refusedUpdateIsNotRepeated() {
        fixture.glue.faults().on("UpdateTable").thenFail(400, "AccessDeniedException", "not authorized");

        assertThatThrownBy(() -> fixture.catalog.updateParameters(table, TableUpdaterTest::mark))
                .hasMessageContainingAll("table analytics.flights", "glue:UpdateTable");
        assertThat(fixture.glue.log().count("UpdateTable")).isEqualTo(1);
    }

    private static Map<String, String> mark(Map<String, String> parameters) {
        parameters.put("fanin.status", "PARTIAL");
        return parameters;
    }

    private static Map<String, String> count(Map<String, String> parameters) {
        parameters.merge("count", "1", (old, one) -> Integer.toString(Integer.parseInt(old) + 1));
        return parameters;
    }

    private JsonNode withoutParameters() {
        ObjectNode table = fixture.glue.table("analytics", "flights").deepCopy();
        Set<String> ownToGlue = Set.of("Parameters", "VersionId", "UpdateTime");
        return table.remove(ownToGlue);
    }
}
