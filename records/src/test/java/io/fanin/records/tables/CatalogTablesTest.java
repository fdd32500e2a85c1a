package io.fanin.records.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.fakes.FakeAws;
import io.fanin.model.json.Json;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.table.Column;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.table.TableName;
import io.fanin.records.scratch.ConversionException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The properties of tables in the catalog that determine how they are read. */
class CatalogTablesTest {

    private static final TableName LOGS = TableName.of("web.logs");

    private final FakeAws aws = new FakeAws();
    private final GlueCatalog catalog = new GlueCatalog(aws.glue().client(), pause -> {});
    private final CatalogTables tables = new CatalogTables(() -> catalog);

    @ParameterizedTest
    @CsvSource({
        "read_restored_glacier_objects, true, true",
        "read_restored_glacier_objects, TRUE, true",
        "read_restored_glacier_objects, false, false",
        "other, true, false"
    })
    void archivedObjectsAreReadWhereTheTableSaysSo(String parameter, String value, boolean reads) {
        aws.glue().createDatabase("web");
        catalog.createTableIfAbsent(
                new TableDefinition(
                        LOGS,
                        S3Location.of("s3://lake/logs/"),
                        DataFormat.PARQUET,
                        CsvOptions.DEFAULT,
                        List.of(new Column("n", "int")),
                        List.of(new PartitionKey("dt", KeyType.STRING)),
                        TableDefinition.HIVE_LAYOUT),
                Map.of(parameter, value));

        assertThat(tables.readsRestored(LOGS)).isEqualTo(reads);
    }

    @Test
    void tableThatDoesNotExistSaysNothing() {
        assertThat(tables.readsRestored(LOGS)).isFalse();
    }

    /** Readers use the partition's own SerDe: with the table's, rows would be wrong or null. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | true",
                "{\"Parameters\":{\"field.delim\":\";\"}} | false",
                "{\"Parameters\":{\"field.delim\":\",\"}} | true",
                "{\"Parameters\":{\"field.delim\":\",\",\"unknown\":\"x\"}} | true",
                "{\"Parameters\":{\"field.delim\":\",\",\"serialization.null.format\":\"NULL\"}} | false",
                "{\"SerializationLibrary\":\"org.openx.data.jsonserde.JsonSerDe\"} | false",
            })
    void partitionThatReadersReadInAnotherFormatIsRefused(String serde, boolean reads) {
        aws.glue().createDatabase("web");
        catalog.createTableIfAbsent(
                new TableDefinition(
                        LOGS,
                        S3Location.of("s3://lake/logs/"),
                        DataFormat.CSV,
                        new CsvOptions(',', false, false),
                        List.of(new Column("n", "int")),
                        List.of(new PartitionKey("dt", KeyType.STRING)),
                        TableDefinition.HIVE_LAYOUT),
                Map.of());
        aws.glue().putPartition("web", "logs", List.of("1"), "s3://lake/logs/dt=1/");
        aws.glue()
                .alterPartition(
                        "web",
                        "logs",
                        List.of("1"),
                        partition -> partition
                                .withObject("/StorageDescriptor")
                                .set("SerdeInfo", library(Json.read(serde, ObjectNode.class, "a SerDe"))));
        CatalogTable table = catalog.table(LOGS).orElseThrow();

        if (reads) {
            assertThat(CatalogTables.read(catalog, table, 10, CatalogTables.PartitionChoice.ALL)
                            .folders())
                    .hasSize(1);
        } else {
            assertThatThrownBy(() -> CatalogTables.read(catalog, table, 10, CatalogTables.PartitionChoice.ALL))
                    .isInstanceOf(ConversionException.class)
                    .hasMessageContaining("dt=1", "web.logs", "SerDe of its own");
        }
    }

    private static ObjectNode library(ObjectNode serde) {
        if (!serde.isEmpty() && !serde.has("SerializationLibrary")) {
            serde.put("SerializationLibrary", "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe");
        }
        return serde;
    }
}
