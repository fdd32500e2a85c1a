package io.fanin.statemachine.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;

/** Partitions registered unread are read by an engine that supports their SerDe, in the profile {@code readers}. */
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

    /** Therefore {@code convert} and {@code sql} refuse such a table. */
    @Test
    void filesThatAreNoBuckets() {
        create(orc -> orc.inputFormat(ORC + "OrcInputFormat")
                .outputFormat(ORC + "OrcOutputFormat")
                .columns(column("carrier", "string"), column("delay", "int"))
                .numberOfBuckets(4)
                .bucketColumns("carrier")
                .serdeInfo(serDe -> serDe.serializationLibrary(ORC + "OrcSerde")));
        table.with("dt=2013-02-08/part-00000.orc", Content.orc());

        register();

        assertThatThrownBy(() -> trino.query(table.database(), "select carrier from flights"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("does not match the declared bucket count (4)");
    }

    /** Engines go by the name, so that {@code validate} refuses exactly the names that they do not read. */
    @Test
    void compressedAsEnginesDoNotRead() {
        byte[] skippable = {0x50, 0x2A, 0x4D, 0x18, 0, 0, 0, 0};
        table.withHours(1)
                .with(TestLake.Table.hour(1) + "a.json.zst", Content.jsonZstdOfWideWindow())
                .with(TestLake.Table.hour(2) + "a.json.zst", joined(Content.jsonZstd(), skippable))
                .with(TestLake.Table.hour(3) + "a.json.bz2", joined(Content.jsonBzip2(), Content.jsonBzip2()));

        Finished partial = pipeline.run(table.spec());

        assertThat(partial.error()).as(partial.toString()).endsWith("TablePartialException");
        assertThat(partial.message())
                .contains("zstd window is larger than 8 MiB", "has a skippable frame", "bzip2 stream is followed");
        register();
        assertThat(trino.query(table.database(), "select count(carrier) from flights where hour = '00'"))
                .containsExactly(List.of("3"));
        for (int hour = 1; hour <= 3; hour++) {
            String query = "select count(carrier) from flights where hour = '0" + hour + "'";
            assertThatThrownBy(() -> trino.query(table.database(), query))
                    .as(query)
                    .isInstanceOf(AssertionError.class);
        }
    }

    /** The same holds for object names; here another tool has registered the partitions. */
    @Test
    void namesThatEnginesDoNotList() {
        table.withHours(1)
                .with(TestLake.Table.hour(1) + "a.json/", Content.json())
                .with(TestLake.Table.hour(2) + "a\u0001.json", Content.json());

        Finished partial = pipeline.run(table.spec());

        assertThat(partial.message()).contains("a.json/ ends in a slash", "has a control character in its name");
        for (int hour = 1; hour <= 2; hour++) {
            pipeline.catalog().add(table, TestLake.Table.valuesOfHour(hour), TestLake.Table.hour(hour));
        }
        assertThat(trino.query(table.database(), "select distinct hour from flights where hour in ('00', '01')"))
                .containsExactly(List.of("00"));
        assertThatThrownBy(() -> trino.query(table.database(), "select count(*) from flights where hour = '02'"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Failed to list directory");
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
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
