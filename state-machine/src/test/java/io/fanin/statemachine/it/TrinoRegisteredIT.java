package io.fanin.statemachine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;

/** What is registered without being read is read by an engine that knows its SerDe, in the profile {@code readers}. */
@ExtendWith(Platform.class)
class TrinoRegisteredIT {

    private static final String ORC = "org.apache.hadoop.hive.ql.io.orc.";

    private final Pipeline pipeline;
    private final Trino trino;
    private TestLake.Table table;

    TrinoRegisteredIT(Pipeline pipeline, Trino trino) {
        this.pipeline = pipeline;
        this.trino = trino;
    }

    @BeforeEach
    void aNewTable() {
        table = pipeline.newTable();
    }

    @Test
    void textWithADelimiterOfTwoCharacters() {
        create(text -> text.inputFormat("org.apache.hadoop.mapred.TextInputFormat")
                .outputFormat("org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat")
                .columns(column("carrier", "string"), column("delay", "string"))
                .serdeInfo(serDe -> serDe.serializationLibrary("org.apache.hadoop.hive.serde2.RegexSerDe")
                        .parameters(Map.of("input.regex", "([^~]*)~~(.*)"))));
        table.with("dt=2013-02-08/a.txt", "UA~~3\nB6~~-1\n".getBytes(StandardCharsets.UTF_8));

        register();

        assertThat(trino.query(table.database(), "select carrier, delay, dt from flights order by carrier"))
                .containsExactly(List.of("B6", "-1", "2013-02-08"), List.of("UA", "3", "2013-02-08"));
    }

    @Test
    void orc() {
        create(orc -> orc.inputFormat(ORC + "OrcInputFormat")
                .outputFormat(ORC + "OrcOutputFormat")
                .columns(column("carrier", "string"), column("delay", "int"))
                .serdeInfo(serDe -> serDe.serializationLibrary(ORC + "OrcSerde")));
        table.with("dt=2013-02-08/a.orc", Content.orc());

        register();

        assertThat(trino.query(table.database(), "select carrier, delay, dt from flights order by carrier"))
                .containsExactly(List.of("B6", "-1", "2013-02-08"), List.of("UA", "3", "2013-02-08"));
    }

    private void create(UnaryOperator<StorageDescriptor.Builder> storage) {
        pipeline.catalog()
                .create(
                        table,
                        details -> details.tableType("EXTERNAL_TABLE")
                                .parameters(Map.of("EXTERNAL", "TRUE"))
                                .partitionKeys(column("dt", "string"))
                                .storageDescriptor(storage.apply(
                                                StorageDescriptor.builder().location(table.location()))
                                        .build()));
    }

    private void register() {
        ObjectNode spec = table.names();
        spec.putObject("processor").put("type", "register");
        Finished run = pipeline.run(spec);
        assertThat(run.text("status")).as(run.toString()).isEqualTo("COMPLETE");
    }

    private static Column column(String name, String type) {
        return Column.builder().name(name).type(type).build();
    }
}
