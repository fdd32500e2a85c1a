package io.fanin.statemachine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;

/** Changes to the table itself. */
@ExtendWith(Platform.class)
class TableIT {

    private static final String TEXT_INPUT = "org.apache.hadoop.mapred.TextInputFormat";

    private final Pipeline pipeline;
    private TestLake.Table table;

    TableIT(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    @BeforeEach
    void aNewTable() {
        table = pipeline.newTable();
    }

    static Stream<Arguments> formats() {
        return Stream.of(
                Arguments.of("json", Content.json(), "org.openx.data.jsonserde.JsonSerDe", TEXT_INPUT),
                Arguments.of("csv", Content.csv(), "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe", TEXT_INPUT),
                Arguments.of(
                        "parquet",
                        Content.parquet(),
                        "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
                        "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("formats")
    void anAbsentTableIsCreatedSoThatItsReadersCanReadIt(
            String format, byte[] content, String serDe, String inputFormat) {
        table.with(TestLake.Table.hour(0) + "part-0." + format, content);
        ObjectNode spec = table.spec().put("format", format);

        Finished run = pipeline.run(spec);

        assertThat(run.succeeded()).as(run.toString()).isTrue();
        Table created = pipeline.catalog().get(table);
        assertThat(created.tableType()).isEqualTo("EXTERNAL_TABLE");
        assertThat(created.parameters()).containsEntry("classification", format);
        assertThat(created.partitionKeys()).extracting(Column::name).containsExactly("dt", "hour");
        assertThat(created.storageDescriptor().columns())
                .extracting(Column::name)
                .containsExactly("carrier", "delay");
        StorageDescriptor partition =
                pipeline.catalog().partitions(table).getFirst().storageDescriptor();
        assertThat(partition.serdeInfo().serializationLibrary()).isEqualTo(serDe);
        assertThat(partition.inputFormat()).isEqualTo(inputFormat);
        assertThat(partition.location()).startsWith(table.location() + "dt=2013-02-08/hour=00");
        assertThat(created.storageDescriptor().serdeInfo()).isEqualTo(partition.serdeInfo());
    }

    @Test
    void whatOthersWroteToTheTableSurvives() {
        pipeline.catalog()
                .create(
                        table,
                        details -> details.description("the night's flights")
                                .owner("operations")
                                .tableType("EXTERNAL_TABLE")
                                .parameters(Map.of("classification", "json", "team", "flight-data", "EXTERNAL", "TRUE"))
                                .partitionKeys(column("dt"), column("hour"))
                                .storageDescriptor(json -> json.location(table.location())
                                        .columns(column("carrier"))
                                        .inputFormat(TEXT_INPUT)
                                        .outputFormat("org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat")
                                        .serdeInfo(serDe -> serDe.serializationLibrary(
                                                        "org.openx.data.jsonserde.JsonSerDe")
                                                .parameters(Map.of("ignore.malformed.json", "true")))));
        table.withHours(2);

        Finished run = pipeline.run(table.names());

        assertThat(run.succeeded()).as(run.toString()).isTrue();
        Table after = pipeline.catalog().get(table);
        assertThat(after.description()).isEqualTo("the night's flights");
        assertThat(after.owner()).isEqualTo("operations");
        assertThat(after.parameters())
                .containsEntry("team", "flight-data")
                .containsEntry("EXTERNAL", "TRUE")
                .containsEntry("fanin.status", "COMPLETE");
        assertThat(after.storageDescriptor().columns()).containsExactly(column("carrier"));
        assertThat(pipeline.catalog().partitions(table))
                .hasSize(2)
                .allSatisfy(partition -> assertThat(
                                partition.storageDescriptor().serdeInfo().parameters())
                        .containsEntry("ignore.malformed.json", "true"));
    }

    private static Column column(String name) {
        return Column.builder().name(name).type("string").build();
    }
}
