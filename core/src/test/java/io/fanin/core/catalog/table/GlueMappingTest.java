package io.fanin.core.catalog.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.catalog.CatalogException;
import io.fanin.core.catalog.client.CatalogFixture;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.table.Column;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableDefinition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

class GlueMappingTest {

    private static final TableDefinition TEMPLATED = new TableDefinition(
            CatalogFixture.FLIGHTS,
            S3Location.of("s3://lake/flights"),
            DataFormat.CSV,
            new CsvOptions(';', false, true),
            List.of(new Column("carrier", "string"), new Column("delay", "int")),
            List.of(
                    new PartitionKey("Inserted_At", KeyType.STRING, "yyyy/MM/dd/HH").every(6),
                    new PartitionKey("region", KeyType.STRING)),
            "${inserted_at}/${region}");

    @Test
    void definitionBecomesATableInput() {
        TableInput input = GlueMapping.tableInput(TEMPLATED, Map.of("owner.team", "ops"));

        assertThat(input.name()).isEqualTo("flights");
        assertThat(input.tableType()).isEqualTo("EXTERNAL_TABLE");
        assertThat(input.storageDescriptor().location()).isEqualTo("s3://lake/flights/");
        assertThat(input.storageDescriptor().columns())
                .extracting(c -> c.name() + ":" + c.type())
                .containsExactly("carrier:string", "delay:int");
        assertThat(input.partitionKeys())
                .extracting(c -> c.name() + ":" + c.type())
                .containsExactly("inserted_at:string", "region:string");
        assertThat(input.parameters())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "classification", "csv",
                        "skip.header.line.count", "1",
                        "fanin.layout", "${inserted_at}/${region}",
                        "fanin.key.inserted_at.format", "yyyy/MM/dd/HH",
                        "fanin.key.inserted_at.interval", "6",
                        "owner.team", "ops"));
    }

    @Test
    void keyThatIsNoTimeIsReadBackAsNone() {
        PartitionKey year = new PartitionKey("Year", KeyType.STRING).withoutTime();
        TableDefinition definition = new TableDefinition(
                CatalogFixture.FLIGHTS,
                TEMPLATED.location(),
                TEMPLATED.format(),
                TEMPLATED.csv(),
                TEMPLATED.columns(),
                List.of(year),
                "hive");
        TableInput input = GlueMapping.tableInput(definition, Map.of());
        Table table = Table.builder()
                .partitionKeys(input.partitionKeys())
                .parameters(input.parameters())
                .build();

        assertThat(input.parameters()).containsEntry("fanin.key.year.time", "false");
        assertThat(GlueMapping.keys(table)).containsExactly(new PartitionKey("year", KeyType.STRING).withoutTime());
    }

    @Test
    void tableSaysWhenItWasCreated() {
        Instant created = Instant.parse("2013-02-08T17:00:00Z");

        assertThat(new CatalogTable(
                                CatalogFixture.FLIGHTS,
                                Table.builder().createTime(created).build())
                        .created())
                .hasValue(created);
        assertThat(new CatalogTable(CatalogFixture.FLIGHTS, Table.builder().build()).created())
                .isEmpty();
    }

    @Test
    void whatATableInputSaysIsReadBack() {
        TableInput input = GlueMapping.tableInput(TEMPLATED, Map.of());

        CatalogTable table = new CatalogTable(
                CatalogFixture.FLIGHTS,
                Table.builder()
                        .tableType(input.tableType())
                        .storageDescriptor(input.storageDescriptor())
                        .partitionKeys(input.partitionKeys())
                        .parameters(input.parameters())
                        .build());

        assertThat(table.whyUnusable()).isEmpty();
        assertThat(table.name()).isEqualTo(CatalogFixture.FLIGHTS);
        assertThat(table.location()).hasValue(TEMPLATED.location());
        assertThat(table.format()).isEqualTo(DataFormat.CSV);
        assertThat(table.csv()).isEqualTo(TEMPLATED.csv());
        assertThat(table.columns()).isEqualTo(TEMPLATED.columns());
        assertThat(table.layout()).hasValue(TEMPLATED.layout());
        assertThat(table.raw().tableType()).isEqualTo("EXTERNAL_TABLE");
        assertThat(table.keys())
                .containsExactly(
                        new PartitionKey("inserted_at", KeyType.STRING, "yyyy/MM/dd/HH").every(6),
                        new PartitionKey("region", KeyType.STRING));
    }

    /** OpenCSVSerde knows strings only; Trino refuses the whole table otherwise. */
    @Test
    void quotedCsvWithOtherColumnsThanStringsIsRefused() {
        TableDefinition quoted = new TableDefinition(
                CatalogFixture.FLIGHTS,
                TEMPLATED.location(),
                DataFormat.CSV,
                new CsvOptions(',', true, true),
                TEMPLATED.columns(),
                TEMPLATED.keys(),
                TEMPLATED.layout());

        assertThatThrownBy(() -> GlueMapping.tableInput(quoted, Map.of()))
                .isInstanceOf(CatalogException.class)
                .hasMessageContainingAll("analytics.flights", "'delay'", "int", "string");
    }

    @Test
    void keyFormatParameterIsNamedAfterTheKeyInLowerCase() {
        assertThat(GlueMapping.tableInput(TEMPLATED, Map.of()).parameters())
                .containsKey("fanin.key.inserted_at.format");
    }
}
