package io.fanin.core.catalog.table;

import static io.fanin.core.catalog.client.CatalogFixture.DEFINITION;
import static io.fanin.core.catalog.client.CatalogFixture.FLIGHTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.catalog.CatalogException;
import io.fanin.core.catalog.client.CatalogFixture;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.DataFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GlueTableCreatorTest {

    private final CatalogFixture fixture = new CatalogFixture();

    @Test
    void absentTableIsCreatedWithItsDatabase() {
        CatalogTable table = fixture.catalog.createTableIfAbsent(DEFINITION, Map.of("fanin.status", "PARTIAL"));

        assertThat(fixture.operations())
                .containsExactly("GetTable", "GetDatabase", "CreateDatabase", "CreateTable", "GetTable");
        assertThat(table.whyUnusable()).isEmpty();
        assertThat(table.keys()).isEqualTo(DEFINITION.keys());
        assertThat(table.columns()).isEqualTo(DEFINITION.columns());
        assertThat(table.parameters())
                .isEqualTo(Map.of(
                        "classification", "parquet",
                        "fanin.layout", "hive",
                        "fanin.status", "PARTIAL"));
    }

    @Test
    void absentTableIsCreatedWithItsIndexes() {
        fixture.catalog.createTableIfAbsent(DEFINITION, List.of(List.of("DT", "hour"), List.of("hour")), Map.of());

        assertThat(fixture.glue.partitionIndexes("analytics", "flights"))
                .extracting(index -> index.path("IndexName").asText() + " "
                        + index.path("Keys").findValuesAsText("Name"))
                .containsExactly("dt_hour [dt, hour]", "hour [hour]");
        assertThat(fixture.catalog.missingIndexes(
                        FLIGHTS, List.of(List.of("dt", "hour"), List.of("HOUR"), List.of("dt"))))
                .containsExactly(List.of("dt"));
    }

    @Test
    void indexesWhoseKeysGiveTheSameNameAreToldApart() {
        String key = "k".repeat(255);

        assertThat(PartitionIndexes.inputs(List.of(List.of("a", "b_c"), List.of("a_b", "c"), List.of(key, "a"))))
                .extracting(index -> index.indexName())
                .containsExactly("a_b_c", "a_b_c_2", key);
        assertThat(PartitionIndexes.inputs(List.of(List.of(key, "a"), List.of(key, "b"))))
                .extracting(index -> index.indexName())
                .containsExactly(key, key.substring(2) + "_2");
    }

    @Test
    void indexesThatNobodyAsksForAreNotLookedFor() {
        fixture.table();

        assertThat(fixture.catalog.missingIndexes(FLIGHTS, List.of())).isEmpty();
        assertThat(fixture.operations()).isEmpty();
    }

    @Test
    void usedUpQuotaNamesTheTableAndWhatToDo() {
        fixture.glue
                .faults()
                .on("CreateTable")
                .thenFail(400, "ResourceNumberLimitExceededException", "Number of tables exceeded");

        assertThatThrownBy(() -> fixture.catalog.createTableIfAbsent(DEFINITION, Map.of()))
                .isExactlyInstanceOf(CatalogException.class)
                .hasMessageContainingAll("table analytics.flights", "Number of tables exceeded", "Service Quotas");
    }

    @Test
    void tableThatIsThereIsReadAndLeftAlone() {
        fixture.catalog.createTableIfAbsent(DEFINITION, Map.of());
        fixture.glue.log().reset();

        CatalogTable table = fixture.catalog.createTableIfAbsent(
                CatalogFixture.definition(DataFormat.CSV, CsvOptions.DEFAULT), Map.of("new", "1"));

        assertThat(fixture.operations()).containsExactly("GetTable");
        assertThat(table.format()).isEqualTo(DataFormat.PARQUET);
        assertThat(table.parameters()).doesNotContainKey("new");
    }

    @Test
    void creationThatSomebodyElseWasQuickerWithIsAsGood() {
        fixture.glue.faults().on("CreateDatabase").thenRun(() -> fixture.glue.createDatabase("analytics"));
        fixture.glue
                .faults()
                .on("CreateTable")
                .first(1)
                .thenRun(() -> fixture.catalog.createTableIfAbsent(DEFINITION, Map.of("by", "them")));

        CatalogTable table = fixture.catalog.createTableIfAbsent(DEFINITION, Map.of("by", "us"));

        assertThat(table.parameters()).containsEntry("by", "them");
    }

    @Test
    void lostAnswerToACreationIsNoFailure() {
        fixture.glue.faults().on("CreateTable").first(1).thenDropAfter();

        CatalogTable table = fixture.once.createTableIfAbsent(DEFINITION, Map.of());

        assertThat(table.name()).isEqualTo(FLIGHTS);
    }

    @Test
    void databaseThatIsThereNeedsNoRightToCreateOne() {
        fixture.glue.createDatabase("analytics");

        fixture.catalog.createTableIfAbsent(DEFINITION, Map.of());

        assertThat(fixture.operations()).containsExactly("GetTable", "GetDatabase", "CreateTable", "GetTable");
    }

    @Test
    void deniedCreationNamesTheDatabase() {
        fixture.glue.faults().on("CreateDatabase").thenFail(400, "AccessDeniedException", "not authorized");

        assertThatThrownBy(() -> fixture.catalog.createTableIfAbsent(DEFINITION, Map.of()))
                .isExactlyInstanceOf(CatalogException.class)
                .hasMessageContainingAll("database analytics", "glue:CreateDatabase");
    }

    @Test
    void absentTableIsEmptyAndNoError() {
        assertThat(fixture.catalog.table(FLIGHTS)).isEmpty();
        fixture.glue.createDatabase("analytics");
        assertThat(fixture.catalog.table(FLIGHTS)).isEmpty();
    }

    @Test
    void keyFormatsAreReadBackFromTheTable() {
        fixture.catalog.createTableIfAbsent(DEFINITION, Map.of("fanin.key.dt.format", "yyyy/MM/dd"));

        assertThat(fixture.catalog
                        .table(FLIGHTS)
                        .orElseThrow()
                        .keys()
                        .getFirst()
                        .format())
                .hasValue("yyyy/MM/dd");
    }
}
