package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hour;
import static io.fanin.tablecreator.RunFixture.hours;
import static io.fanin.tablecreator.RunFixture.valuesOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.core.answer.TableCreatorAnswer;
import io.fanin.fakes.Fault;
import io.fanin.model.json.Json;
import io.fanin.model.run.BatchResult;
import io.fanin.model.run.TableStatus;
import io.fanin.model.run.TestReports;
import io.fanin.model.run.UnmatchedNames;
import io.fanin.model.run.detection.DetectionCounts;
import io.fanin.model.run.detection.DetectionSummary;
import io.fanin.model.spec.OnPartial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The registered partitions of a pass, and the state of the table and its partitions afterwards. */
class RegisteringTest {

    private final RunFixture fixture = new RunFixture();

    @Test
    void absentTableIsCreatedReadableAndFlagged() {
        fixture.pass(RUN, 0, hours(3)).register();

        JsonNode table = fixture.aws.glue().table("analytics", "flights");
        JsonNode storage = table.path("StorageDescriptor");
        assertThat(table.path("TableType").asText()).isEqualTo("EXTERNAL_TABLE");
        assertThat(storage.path("Location").asText()).isEqualTo("s3://lake/flights/");
        assertThat(storage.path("SerdeInfo").path("SerializationLibrary").asText())
                .isEqualTo("org.openx.data.jsonserde.JsonSerDe");
        assertThat(storage.path("InputFormat").asText()).isEqualTo("org.apache.hadoop.mapred.TextInputFormat");
        assertThat(table.path("PartitionKeys").findValuesAsText("Name")).containsExactly("dt", "hour");
        assertThat(table.path("PartitionKeys").findValuesAsText("Type")).containsExactly("date", "int");
        assertThat(fixture.parameters())
                .isEqualTo(Map.of(
                        "classification", "json",
                        "fanin.layout", "hive",
                        "fanin.status", "COMPLETE",
                        "fanin.registered", "3",
                        "fanin.failed", "0",
                        "fanin.complete_through", "2013-02-08T02:00",
                        "fanin.run", "s3://state/runs/nightly-1/"));
    }

    /**
     * The state machine invokes a function again that has not answered for too long, while the first invocation
     * continues.
     */
    @Test
    void invocationsSideBySideAnswerTheSame() {
        Pass pass = fixture.createTable().pass(RUN, 0, hours(2));
        List<TableCreatorAnswer> second = new ArrayList<>();
        fixture.aws
                .faults()
                .on("BatchCreatePartition")
                .first(1)
                .thenFailEntry(hour(1).values().values(), new Fault.Fail(400, "InvalidInputException", "refused"));
        fixture.aws
                .faults()
                .on("PutObject")
                .where(call -> call.target().endsWith("/pass-0/report.json"))
                .first(1)
                .thenRun(() -> second.add(pass.register()));

        TableCreatorAnswer first = pass.register();

        assertThat(second).containsExactly(first);
        assertThat(first.status()).isEqualTo(TableStatus.COMPLETE);
        assertThat(fixture.report(RUN).status()).isEqualTo(TableStatus.COMPLETE);
        assertThat(fixture.parameters()).containsEntry("fanin.status", "COMPLETE");
    }

    @Test
    void failedPartitionIsNotRegistered() {
        TableCreatorAnswer answer = fixture.pass(RUN, 0, hours(24))
                .failing(17)
                .lost(3, "Sandbox.Timedout")
                .register();

        assertThat(fixture.registered()).hasSize(22).doesNotContainAnyElementsOf(valuesOf(hour(17), hour(3)));
        assertThat(answer)
                .isEqualTo(new TableCreatorAnswer(
                        RUN,
                        0,
                        "analytics.flights",
                        TableStatus.PARTIAL,
                        OnPartial.FAIL,
                        TestReports.counts(22, 2),
                        new TableCreatorAnswer.Links(
                                Optional.empty(),
                                "s3://state/runs/nightly-1/report.json",
                                UnmatchedNames.NONE,
                                Optional.empty()),
                        Optional.of(DetectionSummary.of(Json.read(
                                "{\"found\":1,\"registered\":0,\"skipped\":{},\"skippedSample\":[]}",
                                DetectionCounts.class,
                                "counts")))));
    }

    @Test
    void tableOfWhichEverythingFailedIsThereAndPartial() {
        TableCreatorAnswer answer =
                fixture.pass(RUN, 0, hours(3)).failing(0, 1, 2).register();

        assertThat(fixture.registered()).isEmpty();
        assertThat(answer.status()).isEqualTo(TableStatus.PARTIAL);
        assertThat(answer.counts().registered()).isZero();
        assertThat(fixture.parameters())
                .isEqualTo(Map.of(
                        "classification", "json",
                        "fanin.layout", "hive",
                        "fanin.status", "PARTIAL",
                        "fanin.registered", "0",
                        "fanin.failed", "3",
                        "fanin.failed.sample", "dt=2013-02-08/hour=0,dt=2013-02-08/hour=1,dt=2013-02-08/hour=2",
                        "fanin.run", "s3://state/runs/nightly-1/"));
    }

    @Test
    void partitionsSayWhatTheyHold() {
        fixture.pass(RUN, 0, hours(2), 2)
                .result(new BatchResult(0, List.of(Pass.sound(hour(0)), Pass.uncounted(hour(1)))))
                .register();

        JsonNode counted = fixture.partition(hour(0));
        assertThat(counted.path("StorageDescriptor").path("Location").asText())
                .isEqualTo("s3://lake/flights/dt=2013-02-08/hour=0/");
        assertThat(counted.path("StorageDescriptor").path("SerdeInfo"))
                .isEqualTo(fixture.aws
                        .glue()
                        .table("analytics", "flights")
                        .path("StorageDescriptor")
                        .path("SerdeInfo"));
        assertThat(parameters(counted))
                .isEqualTo(Map.of(
                        "numFiles", "2",
                        "totalSize", "2048",
                        "numRows", "60",
                        "fanin.as_of", "2013-02-10T00:00:00Z",
                        "fanin.inventory", "abc",
                        "fanin.newest", "2013-02-09T00:00:00Z",
                        "fanin.run", "s3://state/runs/nightly-1/"));
        assertThat(parameters(fixture.partition(hour(1)))).hasSize(6).doesNotContainKey("numRows");
    }

    @ParameterizedTest
    @EnumSource(OnPartial.class)
    void answerRepeatsWhatTheSpecSaysOfPartialRuns(OnPartial onPartial) {
        Pass pass = fixture.pass(RUN, 0, hours(2)).failing(1);
        fixture.writeSpec(RUN, onPartial);

        assertThat(pass.register().onPartial()).isEqualTo(onPartial);
    }

    @Test
    void hundredsAreRegisteredInSeveralBatches() {
        TableCreatorAnswer answer =
                fixture.pass(RUN, 0, hours(250), 50).failing(4).register();

        assertThat(answer.counts().registered()).isEqualTo(200);
        assertThat(answer.counts().failed()).isEqualTo(50);
        assertThat(fixture.registered()).hasSize(200);
        assertThat(fixture.parameters().get("fanin.failed.sample").split(",")).hasSize(10);
    }

    private static Map<String, String> parameters(JsonNode partition) {
        Map<String, String> parameters = new HashMap<>();
        partition
                .path("Parameters")
                .properties()
                .forEach(
                        entry -> parameters.put(entry.getKey(), entry.getValue().asText()));
        return parameters;
    }
}
