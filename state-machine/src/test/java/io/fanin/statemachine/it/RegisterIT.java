package io.fanin.statemachine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.glue.model.Column;

/** A table in a format that is only registered, not read. */
@ExtendWith(Platform.class)
class RegisterIT {

    private final Pipeline pipeline;
    private TestLake.Table table;

    RegisterIT(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    @BeforeEach
    void aTableWithADelimiterOfTwoCharacters() {
        table = pipeline.newTable();
        pipeline.catalog()
                .create(
                        table,
                        details -> details.tableType("EXTERNAL_TABLE")
                                .parameters(Map.of("EXTERNAL", "TRUE"))
                                .partitionKeys(column("dt"), column("hour"))
                                .storageDescriptor(text -> text.location(table.location())
                                        .columns(column("carrier"), column("delay"))
                                        .inputFormat("org.apache.hadoop.mapred.TextInputFormat")
                                        .outputFormat("org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat")
                                        .numberOfBuckets(2)
                                        .bucketColumns("carrier")
                                        .serdeInfo(serDe -> serDe.serializationLibrary(
                                                        "org.apache.hadoop.hive.contrib.serde2.MultiDelimitSerDe")
                                                .parameters(Map.of("field.delim", "~~")))));
    }

    @Test
    void itsPartitionsAreRegisteredUnreadWithItsOwnStorage() {
        table.with(TestLake.Table.hour(0) + "a.txt", text("UA~~3\n"))
                .with(TestLake.Table.hour(1) + "_SUCCESS", text(""));
        ObjectNode spec = table.names();

        Finished refused = pipeline.run(spec);

        assertThat(refused.error()).as(refused.toString()).endsWith(".SpecException");
        assertThat(refused.message()).contains("MultiDelimitSerDe", "\"processor\": {\"type\": \"register\"}");

        spec.putObject("processor").put("type", "register");
        Finished partial = pipeline.run(spec);

        assertThat(partial.error()).as(partial.toString()).endsWith("TablePartialException");
        assertThat(partial.message()).contains("NoObjects");

        table.with(TestLake.Table.hour(1) + "a.txt", text("B6~~-1\nDL~~71\n"));
        Finished run = pipeline.run(spec);

        assertThat(run.text("status")).as(run.toString()).isEqualTo("COMPLETE");
        assertThat(pipeline.catalog().partitions(table))
                .hasSize(2)
                .allSatisfy(partition -> assertThat(partition.storageDescriptor().toBuilder()
                                .location(table.location())
                                .build())
                        .isEqualTo(pipeline.catalog().get(table).storageDescriptor()));
        assertThat(pipeline.catalog()
                        .partition(table, TestLake.Table.valuesOfHour(1))
                        .parameters())
                .containsEntry("numFiles", "1")
                .containsEntry("totalSize", "14")
                .doesNotContainKey("numRows");
    }

    @Test
    void dataThatArrivesLaterIsRegisteredAgain() {
        table.with(TestLake.Table.hour(0) + "a.txt", text("UA~~3\n"));
        ObjectNode spec = table.names();
        spec.putObject("processor").put("type", "register");
        spec.putObject("detection").put("mode", "full").put("lateData", true);
        pipeline.run(spec);
        table.with(TestLake.Table.hour(0) + "b.txt", text("B6~~-1\n"));

        Finished run = pipeline.run(spec);

        assertThat(run.number("registered")).as(run.toString()).isEqualTo(1);
        assertThat(pipeline.catalog()
                        .partition(table, List.of("2013-02-08", "00"))
                        .parameters())
                .containsEntry("numFiles", "2");
    }

    private static byte[] text(String lines) {
        return lines.getBytes(StandardCharsets.UTF_8);
    }

    private static Column column(String name) {
        return Column.builder().name(name).type("string").build();
    }
}
