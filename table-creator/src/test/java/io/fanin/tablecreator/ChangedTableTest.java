package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hour;
import static io.fanin.tablecreator.RunFixture.hours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.catalog.CatalogException;
import io.fanin.core.catalog.table.TableReplacedException;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.run.TableStatus;
import io.fanin.model.table.TableDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables that others drop, create or change during a run. */
class ChangedTableTest {

    private final RunFixture fixture = new RunFixture();

    /** Its objects are those of the table as it was: readers would fail, or read something else. */
    @ParameterizedTest
    @MethodSource("changes")
    void partitionsOfATableThatIsReadOtherwiseNowAreNotRegistered(Consumer<ObjectNode> change, String how) {
        fixture.pass(RUN, 0, hours(2)).failing(1).register();
        assertThatThrownBy(() -> fixture.hold(RUN, 0, OptionalInt.of(0))).isInstanceOf(TablePartialException.class);
        fixture.aws.glue().alterTable("analytics", "flights", change);
        Map<String, String> before = fixture.parameters();

        assertThatThrownBy(() -> fixture.hold(RUN, 0, OptionalInt.of(1)))
                .isExactlyInstanceOf(TableReplacedException.class)
                .hasMessageContainingAll("analytics.flights", how, "Start a new execution");
        assertThatThrownBy(() -> fixture.pass(RUN, 1, hour(1)).register())
                .isExactlyInstanceOf(TableReplacedException.class)
                .hasMessageContainingAll("analytics.flights", how, "Start a new execution");

        assertThat(fixture.parameters()).isEqualTo(before);
        assertThat(fixture.registered()).hasSize(1);
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                Arguments.of(
                        (Consumer<ObjectNode>)
                                table -> ((ObjectNode) table.at("/StorageDescriptor/Columns/0")).put("Type", "double"),
                        "has other columns"),
                Arguments.of(
                        (Consumer<ObjectNode>) table -> ((ObjectNode) table.at("/StorageDescriptor/SerdeInfo"))
                                .put(
                                        "SerializationLibrary",
                                        "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"),
                        "is read in another format"));
    }

    /** Which was not there when the pass began. */
    @ParameterizedTest
    @MethodSource("changes")
    void nothingIsRegisteredInATableThatSomebodyElseHasMade(Consumer<ObjectNode> change, String how) {
        Pass pass = fixture.pass(RUN, 0, hours(2));
        fixture.aws
                .glue()
                .faults()
                .on("CreateTable")
                .first(1)
                .thenRunAfter(() -> fixture.aws.glue().alterTable("analytics", "flights", change));

        assertThatThrownBy(pass::register)
                .isExactlyInstanceOf(TableReplacedException.class)
                .hasMessageContainingAll("analytics.flights", how);
        assertThat(fixture.registered()).isEmpty();
    }

    @Test
    void partitionsOfATableWithMoreColumnsAreRegistered() {
        fixture.pass(RUN, 0, hours(2)).failing(1).register();
        assertThatThrownBy(() -> fixture.hold(RUN, 0, OptionalInt.of(0))).isInstanceOf(TablePartialException.class);
        fixture.aws
                .glue()
                .alterTable(
                        "analytics",
                        "flights",
                        table -> ((ArrayNode) table.at("/StorageDescriptor/Columns"))
                                .addObject()
                                .put("Name", "more")
                                .put("Type", "int"));

        fixture.hold(RUN, 0, OptionalInt.of(1));
        fixture.pass(RUN, 1, hour(1)).register();

        assertThat(fixture.registered()).hasSize(2);
    }

    /**
     * Partitions that were registered at the detection are gone with the table, which would not be noticed otherwise.
     */
    @Test
    void tableDroppedSinceDetectionIsNotCreatedAgain() {
        Pass pass = fixture.createTable().pass(RUN, 0, hours(2)).sawTheTable();
        fixture.others.dropTable();

        assertThatThrownBy(pass::register)
                .isExactlyInstanceOf(TableReplacedException.class)
                .hasMessageContainingAll("analytics.flights", "no longer in the catalog", "Start a new execution");
        assertThat(fixture.created()).isEmpty();
    }

    @Test
    void tableRecreatedSinceDetectionIsNotComplete() {
        Pass pass = fixture.createTable().pass(RUN, 0, hours(2)).sawTheTable();
        fixture.others.dropTable();
        fixture.clock.advance(Duration.ofMinutes(1));
        fixture.createTable();

        assertThatThrownBy(pass::register).hasMessageContaining("was created again");
        assertThat(fixture.parameters()).doesNotContainKey("fanin.status");
    }

    /** Both were in version 0: the run called an empty table complete. */
    @Test
    void tableMadeAnewInTheSameVersionIsNotComplete() {
        Pass pass = fixture.pass(RUN, 0, hours(2));
        fixture.aws.glue().faults().on("BatchCreatePartition").first(1).thenRunAfter(() -> {
            fixture.others.dropTable();
            fixture.clock.advance(Duration.ofMinutes(1));
            fixture.createTable();
        });

        assertThatThrownBy(pass::register).hasMessageContaining("was created again");
        assertThat(fixture.parameters()).doesNotContainEntry("fanin.status", "COMPLETE");
    }

    /** It published its own record over that of the run which had taken the lease since. */
    @Test
    void invocationThatLostTheLeaseBeforeItCreatedTheTablePublishesNothing() {
        Pass pass = fixture.pass(RUN, 0, hours(2));
        fixture.aws.glue().faults().on("CreateTable").first(1).thenRunAfter(() -> {
            fixture.ended.add(RUN);
            fixture.leases.acquire(RunFixture.FLIGHTS, RunFixture.execution(RunFixture.LATER_RUN, OptionalInt.of(0)));
            fixture.others.complete("2013-02-08T05:00");
        });

        assertThatThrownBy(pass::register).isInstanceOf(TableBusyException.class);
        assertThat(fixture.parameters()).containsEntry("fanin.complete_through", "2013-02-08T05:00");
        assertThat(fixture.registered()).isEmpty();
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
                .isExactlyInstanceOf(TableReplacedException.class)
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

    /** Partition projection has been turned on since the run began. */
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
}
