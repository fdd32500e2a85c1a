package io.fanin.statemachine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.execution.ExecutionEnd;
import io.fanin.core.inbox.Inbox;
import io.fanin.core.inbox.InboxEntry;
import io.fanin.core.parallel.Workers;
import io.fanin.core.s3.S3ObjectStore;
import io.fanin.fakes.Call;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.table.TableName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs of a table whose data is not read here, from the definition to the view of its readers. */
class RegisterOnlyTest {

    private static final String TABLE = "raw_x.orc";
    private static final String REGISTER = ", \"processor\": {\"type\": \"register\"}";
    private static final String FOREIGN = """
            {"Name": "orc", "SerializationLibrary": "org.apache.hadoop.hive.ql.io.orc.OrcSerde",
             "Parameters": {"orc.column.index.access": "false"}}""";

    private final Tables tables = new Tables();
    private int runs;

    @BeforeEach
    void tableOfAnotherTool() {
        tables.table(TABLE, Map.of());
        tables.aws.glue().alterTable("raw_x", "orc", table -> {
            ObjectNode storage = table.withObject("/StorageDescriptor");
            storage.put("InputFormat", "org.apache.hadoop.hive.ql.io.orc.OrcInputFormat");
            storage.put("OutputFormat", "org.apache.hadoop.hive.ql.io.orc.OrcOutputFormat");
            storage.put("NumberOfBuckets", 4).putArray("BucketColumns").add("carrier");
            storage.set("SerdeInfo", Tables.json(FOREIGN));
            storage.set("SkewedInfo", Tables.json("{\"SkewedColumnNames\": [\"carrier\"]}"));
            storage.set("Parameters", Tables.json("{\"written.by\": \"spark\"}"));
        });
        day("2026-11-18", "a");
        day("2026-11-19", "bc");
    }

    @Test
    void partitionsRepeatTheTablesStorageAndNothingIsRead() {
        tables.aws.log().reset();

        JsonNode output = complete(REGISTER);

        assertThat(output.path("registered").asInt()).isEqualTo(2);
        ObjectNode expected = tables.aws
                .glue()
                .table("raw_x", "orc")
                .path("StorageDescriptor")
                .deepCopy();
        assertThat(partition("2026-11-19").path("StorageDescriptor"))
                .isEqualTo(expected.put("Location", "s3://lake/raw_x.orc/dt=2026-11-19/"));
        assertThat(parameters("2026-11-19"))
                .containsEntry("numFiles", "1")
                .containsEntry("totalSize", "2")
                .doesNotContainKey("numRows");
        assertThat(tables.aws.log().calls())
                .filteredOn(call -> call.target().startsWith("lake"))
                .extracting(Call::operation)
                .containsOnly("ListObjectsV2");
        assertThat(tables.invocations)
                .as("both days in one batch")
                .filteredOn(invocation -> invocation.function().equals("ProcessorArn"))
                .hasSize(1);
    }

    @Test
    void dataThatArrivesLaterIsRegisteredAgain() {
        complete(REGISTER);
        tables.aws.s3().put("lake", TABLE + "/dt=2026-11-19/part-1.orc", "def");

        assertThat(complete(REGISTER).path("registered").asInt()).isEqualTo(1);

        assertThat(parameters("2026-11-19")).containsEntry("numFiles", "2").containsEntry("totalSize", "5");
        assertThat(parameters("2026-11-18")).containsEntry("numFiles", "1");
        assertThat(complete(REGISTER).path("next").asText()).isEqualTo("NOTHING_NEW");
    }

    @Test
    void partitionWaitsForItsMarker() {
        String marker = ", \"detection\": {\"mode\": \"list\", \"readiness\": {\"marker\": \"_SUCCESS\"}}" + REGISTER;
        tables.aws.s3().put("lake", TABLE + "/dt=2026-11-18/_SUCCESS", "");

        assertThat(complete(marker).path("registered").asInt()).isEqualTo(1);

        assertThat(values()).containsExactly(List.of("2026-11-18"));
    }

    @Test
    void eventsNamePartitions() {
        complete(REGISTER);
        day("2026-11-20", "g");
        day("2026-11-21", "h");
        new Inbox(new S3ObjectStore(tables.aws.s3().client(), "state"), Workers.CALLER)
                .put(new InboxEntry(
                        TableName.of(TABLE),
                        Optional.empty(),
                        tables.clock.instant(),
                        Optional.of("lake"),
                        List.of(new Partition(PartitionValues.of("2026-11-20"), TABLE + "/dt=2026-11-20/"))));

        complete(", \"detection\": {\"mode\": \"events\"}" + REGISTER);

        assertThat(values())
                .containsExactlyInAnyOrder(List.of("2026-11-18"), List.of("2026-11-19"), List.of("2026-11-20"));
    }

    @Test
    void partitionThatVanishedIsReported() {
        complete(REGISTER);
        tables.aws.s3().delete("lake", TABLE + "/dt=2026-11-18/part-0.json");
        day("2026-11-20", "g");

        JsonNode output = complete(", \"detection\": {\"mode\": \"full\"}" + REGISTER);

        assertThat(output.path("vanished").asInt()).as(output.toString()).isEqualTo(1);
    }

    @Test
    void onlyPartitionWithoutDataFails() {
        day("2026-11-19", "");

        ExecutionEnd end = run(REGISTER);

        assertThat(end.error()).hasValue("io.fanin.tablecreator.TablePartialException");
        assertThat(end.cause().orElseThrow()).contains("NoObjects", "dt=2026-11-19");
        assertThat(values()).containsExactly(List.of("2026-11-18"));
    }

    @Test
    void otherProcessorsNameTheOneThatWorks() {
        ExecutionEnd end = run("");

        assertThat(end.error()).hasValue("io.fanin.model.spec.SpecException");
        assertThat(end.cause().orElseThrow()).contains("OrcSerde", "\"processor\": {\"type\": \"register\"}");
        assertThat(values()).isEmpty();
    }

    private void day(String day, String content) {
        tables.day(TABLE, day, content);
    }

    private JsonNode complete(String fields) {
        ExecutionEnd end = run(fields);
        assertThat(end.status()).as(end.toString()).isEqualTo("SUCCEEDED");
        return Tables.json(end.output().orElseThrow());
    }

    private ExecutionEnd run(String fields) {
        String name = "run-" + runs++;
        tables.runTable(name, Tables.json("{\"database\": \"raw_x\", \"table\": \"orc\"" + fields + "}"));
        return tables.ends.get(name);
    }

    private List<List<String>> values() {
        return List.copyOf(tables.aws.glue().partitions("raw_x", "orc").keySet());
    }

    private JsonNode partition(String day) {
        return tables.aws.glue().partitions("raw_x", "orc").get(List.of(day));
    }

    private Map<String, String> parameters(String day) {
        Map<String, String> parameters = new HashMap<>();
        partition(day)
                .path("Parameters")
                .properties()
                .forEach(one -> parameters.put(one.getKey(), one.getValue().asText()));
        return parameters;
    }
}
