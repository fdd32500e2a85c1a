package io.fanin.fakes;

import static io.fanin.fakes.contract.Flights.partition;
import static io.fanin.fakes.contract.Flights.valueList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.fakes.contract.Flights;
import io.fanin.fakes.contract.GlueContract;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.ConcurrentModificationException;
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.glue.model.InternalServiceException;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.PartitionValueList;

/** Glue's contract, and the features of Glue in memory alone: a clock, faults, a log, and other writers. */
class FakeGlueTest implements GlueContract {

    private final ManualClock clock = new ManualClock(Instant.parse("2013-02-08T17:00:00Z"));
    private final FakeGlue glue = new FakeGlue(clock, new RequestLog(), new Faults());
    private final GlueClient client = glue.client();
    private final Flights flights = Flights.created(client);
    private final String database = flights.database();

    @Override
    public Flights flights() {
        return flights;
    }

    @Test
    void tablesAndPartitionsAreAsOldAsTheClockSays() {
        flights.create(partition("d1", "1"));
        clock.advance(Duration.ofHours(1));
        client.updatePartition(update -> update.databaseName(database)
                .tableName("flights")
                .partitionValueList("d1", "1")
                .partitionInput(partition("d1", "1")));

        assertThat(client.getTable(get -> get.databaseName(database).name("flights"))
                        .table()
                        .createTime())
                .isEqualTo("2013-02-08T17:00:00Z");
        assertThat(client.getPartition(get ->
                                get.databaseName(database).tableName("flights").partitionValues("d1", "1"))
                        .partition()
                        .creationTime())
                .isEqualTo("2013-02-08T17:00:00Z");
    }

    @Test
    void catalogIsLookedAtBehindTheLog() {
        flights.create(partition("d1", "1"), partition("d1", "2"));
        updateTable("0", Map.of("fanin.status", "PARTIAL"));

        assertThat(glue.parameters(database, "flights")).isEqualTo(Map.of("fanin.status", "PARTIAL"));
        assertThat(glue.table(database, "flights").has("PartitionKeys")).isFalse();
        assertThat(glue.archivedVersions(database, "flights")).isZero();
        assertThat(glue.locations(database, "flights"))
                .containsExactly(
                        Map.entry(List.of("d1", "1"), "s3://lake/d1/1/"),
                        Map.entry(List.of("d1", "2"), "s3://lake/d1/2/"));
        client.deleteTable(delete -> delete.databaseName(database).name("flights"));
        assertThat(glue.hasTable(database, "flights")).isFalse();
        assertThat(glue.log().count("GetTable")).isZero();
    }

    @Test
    void anotherWriterMovesTheVersionOn() {
        glue.alterTable(
                database, "flights", input -> input.putObject("Parameters").put("owner", "sales"));

        assertThatThrownBy(() -> updateTable("0", Map.of())).isInstanceOf(ConcurrentModificationException.class);
        assertThat(glue.parameters(database, "flights")).containsEntry("owner", "sales");
    }

    @Test
    void entryThatIsMadeToFailIsNotCreated() {
        glue.faults().on("BatchCreatePartition").first(1).thenFailEntry(List.of("d1", "2"), Fault.internalService());

        assertThat(flights.create(partition("d1", "1"), partition("d1", "2")))
                .extracting(error -> error.errorDetail().errorCode())
                .containsExactly("InternalServiceException");
        assertThat(glue.partitions(database, "flights")).containsOnlyKeys(List.of(List.of("d1", "1")));
        assertThat(flights.create(partition("d1", "2"))).isEmpty();
    }

    @Test
    void batchGetReturnsWhatWasNotProcessed() {
        flights.create(partition("d1", "1"), partition("d1", "2"));
        glue.faults().on("BatchGetPartition").first(1).thenFailEntry(List.of("d1", "2"), Fault.throttling());

        var response = client.batchGetPartition(get -> get.databaseName(database)
                .tableName("flights")
                .partitionsToGet(valueList("d1", "1"), valueList("d1", "2"), valueList("d1", "3")));

        assertThat(response.partitions()).extracting(Partition::values).containsExactly(List.of("d1", "1"));
        assertThat(response.unprocessedKeys())
                .extracting(PartitionValueList::values)
                .containsExactly(List.of("d1", "2"));
    }

    @Test
    void pagesMayBeEmptyAndNotTheLast() {
        flights.create(IntStream.range(0, 40)
                .mapToObj(i -> partition("d" + i % 8, "" + i))
                .toArray(PartitionInput[]::new));
        glue.scanAtMost(5);

        assertThat(client
                        .getPartitionsPaginator(get ->
                                get.databaseName(database).tableName("flights").expression("dt = 'd7' AND hour = 39"))
                        .stream()
                        .flatMap(page -> page.partitions().stream()))
                .extracting(Partition::values)
                .containsExactly(List.of("d7", "39"));
        assertThat(glue.log().count("GetPartitions")).isEqualTo(8);
    }

    @Test
    void throttlingIsRetriedAndServerErrorsSurface() {
        glue.faults().on("GetTable").first(2).then(Fault.throttling());
        assertThat(client.getTable(get -> get.databaseName(database).name("flights"))
                        .table())
                .isNotNull();
        assertThat(glue.log().count("GetTable")).isEqualTo(3);

        glue.faults().on("GetDatabase").then(Fault.internalService());
        assertThatThrownBy(() -> client.getDatabase(get -> get.name(database)))
                .isInstanceOf(InternalServiceException.class);
    }

    @Test
    void droppedCreateWasDoneAndItsRetryFindsItThere() {
        glue.faults().on("BatchCreatePartition").nth(1).thenDropAfter();

        assertThat(flights.create(partition("d1", "1")))
                .extracting(error -> error.errorDetail().errorCode())
                .containsExactly("AlreadyExistsException");
    }

    @Test
    void answerThatIsCutShortIsAnError() {
        glue.faults().on("GetTable").thenTruncate();
        GlueClient once = glue.client(DefaultRetryStrategy.doNotRetry());

        assertThatThrownBy(() -> once.getTable(get -> get.databaseName(database).name("flights")))
                .isInstanceOf(SdkClientException.class);
    }

    @Test
    void logHoldsTheRequestsFacts() {
        flights.create(partition("d1", "1"), partition("d1", "2"));
        updateTable("0", Map.of());

        Call create = glue.log().calls("BatchCreatePartition").get(0);
        assertThat(create.target()).isEqualTo(database + ".flights");
        assertThat(create.fact("PartitionInputList")).isEqualTo("2");
        Call update = glue.log().calls("UpdateTable").get(0);
        assertThat(update.facts()).containsEntry("VersionId", "0").containsEntry("SkipArchive", "true");
    }

    @Test
    void unknownOperationIsRefusedByName() {
        assertThatThrownBy(() -> client.getWorkflow(get -> get.name("w")))
                .isInstanceOf(GlueException.class)
                .hasMessageContaining("GetWorkflow");
    }

    private void updateTable(String version, Map<String, String> parameters) {
        client.updateTable(update -> update.databaseName(database)
                .versionId(version)
                .skipArchive(true)
                .tableInput(input -> input.name("flights").parameters(parameters)));
    }
}
