package io.fanin.records.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.fakes.FakeAws;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.table.Column;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.table.TableName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What tables in the catalog say about reading them. */
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
}
