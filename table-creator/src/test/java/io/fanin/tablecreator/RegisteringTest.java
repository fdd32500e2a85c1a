package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hour;
import static io.fanin.tablecreator.RunFixture.hours;
import static io.fanin.tablecreator.RunFixture.valuesOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.core.catalog.CatalogException;
import io.fanin.core.partition.KeyType;
import io.fanin.core.partition.PartitionKey;
import io.fanin.core.run.BatchResult;
import io.fanin.core.run.RunCounts;
import io.fanin.core.run.TableStatus;
import io.fanin.core.spec.OnPartial;
import io.fanin.core.table.TableDefinition;
import io.fanin.fakes.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is registered, and how the table and its partitions look then. */
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

    /** Partitions that its detection saw registered are gone with the table, and nobody would be told. */
    @Test
    void tableDroppedSinceDetectionIsNotCreatedAgain() {
        Pass pass = fixture.createTable().pass(RUN, 0, hours(2)).sawTheTable();
        fixture.dropTable();

        assertThatThrownBy(pass::register)
                .isExactlyInstanceOf(CatalogException.class)
                .hasMessageContainingAll("analytics.flights", "no longer in the catalog", "Start a new execution");
        assertThat(fixture.created()).isEmpty();
    }

    @Test
    void tableRecreatedSinceDetectionIsNotComplete() {
        Pass pass = fixture.createTable().pass(RUN, 0, hours(2)).sawTheTable();
        fixture.dropTable();
        fixture.clock.advance(Duration.ofMinutes(1));
        fixture.createTable();

        assertThatThrownBy(pass::register).hasMessageContaining("was created again");
        assertThat(fixture.parameters()).doesNotContainKey("fanin.status");
    }

    /** Its values would be registered under each other's keys. */
    @Test
    void tableCreatedSinceWithOtherKeysIsNotTouched() {
        Pass pass = fixture.pass(RUN, 0, hours(2));
        fixture.catalog.createTableIfAbsent(
                new TableDefinition(
                        RunFixture.FLIGHTS,
                        RunFixture.DEFINITION.location(),
                        RunFixture.DEFINITION.format(),
                        RunFixture.DEFINITION.csv(),
                        RunFixture.DEFINITION.columns(),
                        List.of(new PartitionKey("hour", KeyType.STRING), new PartitionKey("dt", KeyType.STRING)),
                        TableDefinition.HIVE_LAYOUT),
                Map.of());

        assertThatThrownBy(pass::register)
                .isExactlyInstanceOf(CatalogException.class)
                .hasMessageContainingAll("analytics.flights", "other partition keys", "Start a new execution");
        assertThat(fixture.registered()).isEmpty();
        assertThat(fixture.parameters()).doesNotContainKey("fanin.status");
    }

    @Test
    void tableThatIsAsItsDetectionSawItIsRegisteredIn() {
        assertThat(fixture.createTable()
                        .pass(RUN, 0, hours(2))
                        .sawTheTable()
                        .register()
                        .status())
                .isEqualTo(TableStatus.COMPLETE);
    }

    /** The state machine invokes again what it has not heard of for too long, while the first invocation goes on. */
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
    void whatOthersWroteToTheTableSurvives() {
        fixture.createTable().aws.glue().alterTable("analytics", "flights", table -> {
            table.put("Description", "all flights").put("Owner", "ops").put("Retention", 7);
            table.withObject("/Parameters").put("comment", "theirs").put("fanin.status", "stale");
            table.withObject("/StorageDescriptor")
                    .withArray("Columns")
                    .addObject()
                    .put("Name", "gate")
                    .put("Type", "string")
                    .put("Comment", "since May");
        });

        fixture.pass(RUN, 0, hours(3)).failing(1).register();

        JsonNode table = fixture.aws.glue().table("analytics", "flights");
        assertThat(table.path("Description").asText()).isEqualTo("all flights");
        assertThat(table.path("Owner").asText()).isEqualTo("ops");
        assertThat(table.path("Retention").asInt()).isEqualTo(7);
        assertThat(table.path("StorageDescriptor").path("Columns").findValuesAsText("Name"))
                .containsExactly("carrier", "delay", "gate");
        assertThat(fixture.parameters()).containsEntry("comment", "theirs").containsEntry("fanin.status", "PARTIAL");
        assertThat(fixture.aws.glue().archivedVersions("analytics", "flights"))
                .as("archived by alterTable alone")
                .isEqualTo(1);
        assertThat(fixture.partition(hour(0))
                        .path("StorageDescriptor")
                        .path("Columns")
                        .findValuesAsText("Name"))
                .containsExactly("carrier", "delay", "gate");
    }

    @Test
    void changeThatSomebodyMakesMeanwhileSurvives() {
        fixture.createTable()
                .aws
                .faults()
                .on("BatchCreatePartition")
                .thenRun(() -> fixture.aws.glue().alterTable("analytics", "flights", table -> {
                    table.put("Description", "renamed meanwhile");
                    table.withObject("/Parameters").put("comment", "theirs");
                }));

        fixture.pass(RUN, 0, hours(3)).register();

        assertThat(fixture.aws
                        .glue()
                        .table("analytics", "flights")
                        .path("Description")
                        .asText())
                .isEqualTo("renamed meanwhile");
        assertThat(fixture.parameters()).containsEntry("comment", "theirs").containsEntry("fanin.status", "COMPLETE");
    }

    /** Somebody has turned projection on since the run began. */
    @Test
    void tableThatHasBecomeUnusableIsLeftAsItIs() {
        Pass pass = fixture.createTable().pass(RUN, 0, hours(3)).failing(1);
        fixture.aws
                .glue()
                .alterTable(
                        "analytics",
                        "flights",
                        table -> table.withObject("/Parameters").put("projection.enabled", "true"));
        Map<String, String> before = fixture.parameters();
        fixture.aws.log().reset();

        assertThatThrownBy(pass::register)
                .isInstanceOf(CatalogException.class)
                .hasMessageContainingAll("analytics.flights", "projection.enabled=true");

        assertThat(fixture.parameters()).isEqualTo(before);
        assertThat(fixture.aws.log().count("UpdateTable")).isZero();
        assertThat(fixture.registered()).isEmpty();
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
                        new RunCounts(
                                22,
                                2,
                                2,
                                0L,
                                OptionalLong.empty(),
                                OptionalLong.empty(),
                                OptionalLong.empty(),
                                RunCounts.Gone.NONE),
                        new TableCreatorAnswer.Links(Optional.empty(), "s3://state/runs/nightly-1/report.json"),
                        Optional.empty()));
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
