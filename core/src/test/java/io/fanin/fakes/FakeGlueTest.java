package io.fanin.fakes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.BatchCreatePartitionResponse;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionRequestEntry;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.ConcurrentModificationException;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GetPartitionsRequest;
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.glue.model.InternalServiceException;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.InvalidStateException;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.PartitionError;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.PartitionValueList;
import software.amazon.awssdk.services.glue.model.Segment;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;
import software.amazon.awssdk.services.glue.model.ValidationException;

class FakeGlueTest {

    private static final Column CARRIER =
            Column.builder().name("carrier").type("string").build();

    private final ManualClock clock = new ManualClock(Instant.parse("2013-02-08T17:00:00Z"));
    private final FakeGlue glue = new FakeGlue(clock, new RequestLog(), new Faults());
    private final GlueClient client = glue.client();

    @BeforeEach
    void createTable() {
        client.createDatabase(create -> create.databaseInput(database -> database.name("analytics")));
        client.createTable(create -> create.databaseName("analytics")
                .tableInput(table -> table.name("flights")
                        .parameters(Map.of("owner", "ops"))
                        .partitionKeys(key("dt", "string"), key("hour", "int"))));
    }

    @Test
    void tableIsReadBackInLowerCase() {
        client.createTable(create -> create.databaseName("ANALYTICS").tableInput(input -> input.name("Airports")));

        Table table = client.getTable(get -> get.databaseName("analytics").name("AIRPORTS"))
                .table();

        assertThat(table.name()).isEqualTo("airports");
        assertThat(table.versionId()).isEqualTo("0");
        assertThat(table.createTime()).isEqualTo("2013-02-08T17:00:00Z");
        assertThat(client
                        .getTablesPaginator(get -> get.databaseName("analytics").maxResults(1))
                        .stream()
                        .flatMap(page -> page.tableList().stream()))
                .extracting(Table::name)
                .containsExactly("airports", "flights");
        assertThat(client.getDatabases(get -> {}).databaseList()).hasSize(1);
    }

    @Test
    void whatIsMissingOrThereAlreadyHasItsTypedException() {
        assertThatThrownBy(() -> client.getDatabase(get -> get.name("nope")))
                .isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() ->
                        client.getTable(get -> get.databaseName("analytics").name("nope")))
                .isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> client.createTable(
                        create -> create.databaseName("nope").tableInput(input -> input.name("flights"))))
                .isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> client.createTable(
                        create -> create.databaseName("analytics").tableInput(input -> input.name("flights"))))
                .isInstanceOf(AlreadyExistsException.class);
        assertThatThrownBy(
                        () -> client.createDatabase(create -> create.databaseInput(input -> input.name("analytics"))))
                .isInstanceOf(AlreadyExistsException.class);
        client.deleteTable(delete -> delete.databaseName("analytics").name("flights"));
        assertThat(glue.hasTable("analytics", "flights")).isFalse();
    }

    @Test
    void updateReplacesTheWholeInputAndRefusesAStaleVersion() {
        updateTable("0", Map.of("fanin.status", "PARTIAL"));

        assertThat(glue.parameters("analytics", "flights")).isEqualTo(Map.of("fanin.status", "PARTIAL"));
        assertThat(glue.table("analytics", "flights").has("PartitionKeys")).isFalse();
        assertThat(glue.archivedVersions("analytics", "flights")).isZero();
        assertThatThrownBy(() -> updateTable("0", Map.of())).isInstanceOf(ConcurrentModificationException.class);
        updateTable("1", Map.of());
        assertThat(glue.parameters("analytics", "flights")).isEmpty();
    }

    @Test
    void anotherWriterMovesTheVersionOn() {
        glue.alterTable(
                "analytics", "flights", input -> input.putObject("Parameters").put("owner", "sales"));

        assertThatThrownBy(() -> updateTable("0", Map.of())).isInstanceOf(ConcurrentModificationException.class);
        assertThat(glue.parameters("analytics", "flights")).containsEntry("owner", "sales");
    }

    @Test
    void partitionsThatExistAreErrorsOfABatchThatSucceeds() {
        create(partition("d1", "1"));

        BatchCreatePartitionResponse response = create(partition("d1", "1"), partition("d1", "2"));

        assertThat(response.errors()).singleElement().satisfies(error -> {
            assertThat(error.partitionValues()).containsExactly("d1", "1");
            assertThat(error.errorDetail().errorCode()).isEqualTo("AlreadyExistsException");
        });
        assertThat(glue.locations("analytics", "flights"))
                .containsExactly(
                        Map.entry(List.of("d1", "1"), "s3://lake/d1/1/"),
                        Map.entry(List.of("d1", "2"), "s3://lake/d1/2/"));
    }

    @Test
    void entryThatIsMadeToFailIsNotCreated() {
        glue.faults().on("BatchCreatePartition").first(1).thenFailEntry(List.of("d1", "2"), Fault.internalService());

        assertThat(create(partition("d1", "1"), partition("d1", "2")).errors())
                .extracting(error -> error.errorDetail().errorCode())
                .containsExactly("InternalServiceException");
        assertThat(glue.partitions("analytics", "flights")).containsOnlyKeys(List.of(List.of("d1", "1")));
        assertThat(create(partition("d1", "2")).errors()).isEmpty();
    }

    @Test
    void oneValueOutOfBoundsRefusesTheWholeBatch() {
        assertThatThrownBy(() -> create(partition("d1", "1"), partition("", "2")))
                .isInstanceOf(ValidationException.class);
        assertThatThrownBy(() -> create(partition("d1", "1"), partition("x".repeat(1025), "2")))
                .isInstanceOf(ValidationException.class);
        assertThatThrownBy(() -> create(partition("d1", "1"), partition("d1")))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> create(IntStream.rangeClosed(0, 100)
                        .mapToObj(i -> partition("d1", "" + i))
                        .toArray(PartitionInput[]::new)))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("100");
        assertThat(glue.partitions("analytics", "flights")).isEmpty();
    }

    @Test
    void updateReachesOnlyWhatExists() {
        create(partition("d1", "1"));
        clock.advance(Duration.ofHours(1));

        var response = client.batchUpdatePartition(update ->
                update.databaseName("analytics").tableName("flights").entries(moved("d1", "1"), moved("d1", "2")));

        assertThat(response.errors()).singleElement().satisfies(error -> {
            assertThat(error.partitionValueList()).containsExactly("d1", "2");
            assertThat(error.errorDetail().errorCode()).isEqualTo("EntityNotFoundException");
        });
        Partition updated = get("d1", "1");
        assertThat(updated.storageDescriptor().location()).isEqualTo("s3://moved/");
        assertThat(updated.creationTime()).isEqualTo("2013-02-08T17:00:00Z");
    }

    @Test
    void singlePartitionIsUpdatedAndDeleted() {
        create(partition("d1", "1"));

        client.updatePartition(update -> update.databaseName("analytics")
                .tableName("flights")
                .partitionValueList("d1", "1")
                .partitionInput(moved("d1", "1").partitionInput()));
        assertThat(get("d1", "1").storageDescriptor().location()).isEqualTo("s3://moved/");

        client.deletePartition(
                delete -> delete.databaseName("analytics").tableName("flights").partitionValues("d1", "1"));
        assertThatThrownBy(() -> get("d1", "1")).isInstanceOf(EntityNotFoundException.class);
    }

    @Test
    void batchDeleteNamesWhatIsNotThere() {
        create(partition("d1", "1"));

        assertThat(client.batchDeletePartition(delete -> delete.databaseName("analytics")
                                .tableName("flights")
                                .partitionsToDelete(values("d1", "1"), values("d1", "2")))
                        .errors())
                .extracting(PartitionError::partitionValues)
                .containsExactly(List.of("d1", "2"));
    }

    @Test
    void batchGetLeavesOutWhatIsMissingAndReturnsWhatWasNotProcessed() {
        create(partition("d1", "1"), partition("d1", "2"));
        glue.faults().on("BatchGetPartition").first(1).thenFailEntry(List.of("d1", "2"), Fault.throttling());

        var response = client.batchGetPartition(get -> get.databaseName("analytics")
                .tableName("flights")
                .partitionsToGet(values("d1", "1"), values("d1", "2"), values("d1", "3")));

        assertThat(response.partitions()).extracting(Partition::values).containsExactly(List.of("d1", "1"));
        assertThat(response.unprocessedKeys())
                .extracting(PartitionValueList::values)
                .containsExactly(List.of("d1", "2"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10})
    void segmentsCoverEveryPartitionExactlyOnce(int total) {
        List<List<String>> expected = fill(40);
        List<List<String>> read = new ArrayList<>();

        for (int number = 0; number < total; number++) {
            Segment segment =
                    Segment.builder().segmentNumber(number).totalSegments(total).build();
            List<List<String>> part = valuesOf(get -> get.segment(segment).maxResults(3));
            assertThat(part).isNotEmpty();
            read.addAll(part);
        }

        assertThat(read).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void pagesMayBeEmptyAndNotTheLast() {
        fill(40);
        glue.scanAtMost(5);

        assertThat(valuesOf(get -> get.expression("dt = 'd7' AND hour = 39"))).containsExactly(List.of("d7", "39"));
        assertThat(glue.log().count("GetPartitions")).isEqualTo(8);
    }

    @Test
    void columnsAreLeftOutOnDemand() {
        create(partition("d1", "1"));

        assertThat(getPartitions(get -> get.excludeColumnSchema(true)))
                .singleElement()
                .satisfies(partition -> {
                    assertThat(partition.storageDescriptor().columns()).isEmpty();
                    assertThat(partition.storageDescriptor().location()).isEqualTo("s3://lake/d1/1/");
                });
        assertThat(getPartitions(get -> {}))
                .singleElement()
                .satisfies(partition ->
                        assertThat(partition.storageDescriptor().columns()).containsExactly(CARRIER));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            dt = 'd''1'                              | d'1/9
            hour >= 9                                | d'1/9 d2/10
            HOUR < 9 and dt <= 'd3'                  | d2/2 d3/3
            dt='d2' and hour=2 or dt='d3' and hour=3 | d2/2 d3/3
            (dt='d2' or dt='d3') AND (hour>2)        | d2/10 d3/3
            `dt` <> 'd2' and hour != 3               | d'1/9
            hour in (2, 03) AND dt IN ('d2')         | d2/2
            """)
    void expressionSelects(String expression, String expected) {
        create(partition("d'1", "9"), partition("d2", "2"), partition("d2", "10"), partition("d3", "3"));

        assertThat(valuesOf(get -> get.expression(expression)))
                .extracting(values -> String.join("/", values))
                .containsExactlyInAnyOrderElementsOf(Arrays.asList(expected.split(" ")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dt",
                "dt =",
                "nope = 'x'",
                "dt = 5",
                "(dt = 'x'",
                "dt = 'x' hour = 5",
                "dt = 'x",
                "dt in ()",
                "dt in ('x'",
                "hour = 'x'"
            })
    void expressionThatIsNotUnderstoodIsRefused(String expression) {
        create(partition("d1", "1"));

        assertThatThrownBy(() -> valuesOf(get -> get.expression(expression))).isInstanceOf(InvalidInputException.class);
    }

    /** JSqlParser's words cannot be quoted for Glue. */
    @Test
    void keyWithAReservedNameCannotBeCompared() {
        client.createTable(create -> create.databaseName("analytics")
                .tableInput(input -> input.name("airports").partitionKeys(key("index", "string"))));

        assertThatThrownBy(() -> client.getPartitions(get ->
                        get.databaseName("analytics").tableName("airports").expression("index = 'x'")))
                .isInstanceOf(InvalidInputException.class);
    }

    /** As github.com/aws/aws-sdk/issues/670 has it. */
    @Test
    void valueThatItsTypeCannotHoldFailsTheRequestThatComparesIt() {
        create(partition("d1", "1"), partition("d2", "__HIVE_DEFAULT_PARTITION__"));

        assertThatThrownBy(() -> valuesOf(get -> get.expression("hour >= 0")))
                .isInstanceOf(InvalidStateException.class);
        assertThat(valuesOf(get -> get.expression("dt = 'd1' AND hour >= 0"))).containsExactly(List.of("d1", "1"));
    }

    @Test
    void expressionOverItsLimitIsRefused() {
        String tooLong = "dt = '" + "x".repeat(2042) + "'";

        assertThatThrownBy(() -> valuesOf(get -> get.expression(tooLong))).isInstanceOf(ValidationException.class);
        assertThat(valuesOf(get -> get.expression(""))).isEmpty();
    }

    @Test
    void throttlingIsRetriedAndServerErrorsSurface() {
        glue.faults().on("GetTable").first(2).then(Fault.throttling());
        assertThat(client.getTable(get -> get.databaseName("analytics").name("flights"))
                        .table())
                .isNotNull();
        assertThat(glue.log().count("GetTable")).isEqualTo(3);

        glue.faults().on("GetDatabase").then(Fault.internalService());
        assertThatThrownBy(() -> client.getDatabase(get -> get.name("analytics")))
                .isInstanceOf(InternalServiceException.class);
    }

    @Test
    void droppedCreateWasDoneAndItsRetryFindsItThere() {
        glue.faults().on("BatchCreatePartition").nth(1).thenDropAfter();

        BatchCreatePartitionResponse response = create(partition("d1", "1"));

        assertThat(response.errors())
                .extracting(error -> error.errorDetail().errorCode())
                .containsExactly("AlreadyExistsException");
    }

    @Test
    void answerThatIsCutShortIsAnError() {
        glue.faults().on("GetTable").thenTruncate();
        GlueClient once = glue.client(DefaultRetryStrategy.doNotRetry());

        assertThatThrownBy(
                        () -> once.getTable(get -> get.databaseName("analytics").name("flights")))
                .isInstanceOf(SdkClientException.class);
    }

    @Test
    void logHoldsTheRequestsFacts() {
        create(partition("d1", "1"), partition("d1", "2"));
        updateTable("0", Map.of());

        Call create = glue.log().calls("BatchCreatePartition").get(0);
        assertThat(create.target()).isEqualTo("analytics.flights");
        assertThat(create.fact("PartitionInputList")).isEqualTo("2");
        Call update = glue.log().calls("UpdateTable").get(0);
        assertThat(update.facts()).containsEntry("VersionId", "0").containsEntry("SkipArchive", "true");
    }

    @Test
    void unknownOperationIsRefusedByName() {
        assertThatThrownBy(() -> client.getCrawlers(get -> {}))
                .isInstanceOf(GlueException.class)
                .hasMessageContaining("GetCrawlers");
    }

    private void updateTable(String version, Map<String, String> parameters) {
        client.updateTable(update -> update.databaseName("analytics")
                .versionId(version)
                .skipArchive(true)
                .tableInput(TableInput.builder()
                        .name("flights")
                        .parameters(parameters)
                        .build()));
    }

    private BatchCreatePartitionResponse create(PartitionInput... inputs) {
        return client.batchCreatePartition(
                batch -> batch.databaseName("analytics").tableName("flights").partitionInputList(inputs));
    }

    private List<List<String>> fill(int count) {
        PartitionInput[] inputs = IntStream.range(0, count)
                .mapToObj(i -> partition("d" + i % 8, "" + i))
                .toArray(PartitionInput[]::new);
        create(inputs);
        return Arrays.stream(inputs).map(PartitionInput::values).toList();
    }

    private Partition get(String... values) {
        return client.getPartition(get ->
                        get.databaseName("analytics").tableName("flights").partitionValues(values))
                .partition();
    }

    private List<Partition> getPartitions(Consumer<GetPartitionsRequest.Builder> options) {
        return client
                .getPartitionsPaginator(
                        get -> options.accept(get.databaseName("analytics").tableName("flights")))
                .stream()
                .flatMap(page -> page.partitions().stream())
                .toList();
    }

    private List<List<String>> valuesOf(Consumer<GetPartitionsRequest.Builder> options) {
        return getPartitions(options).stream().map(Partition::values).toList();
    }

    private static Column key(String name, String type) {
        return Column.builder().name(name).type(type).build();
    }

    private static PartitionInput partition(String... values) {
        return PartitionInput.builder()
                .values(values)
                .storageDescriptor(
                        storage -> storage.columns(CARRIER).location("s3://lake/" + String.join("/", values) + "/"))
                .build();
    }

    private static BatchUpdatePartitionRequestEntry moved(String... values) {
        return BatchUpdatePartitionRequestEntry.builder()
                .partitionValueList(values)
                .partitionInput(
                        input -> input.values(values).storageDescriptor(storage -> storage.location("s3://moved/")))
                .build();
    }

    private static PartitionValueList values(String... values) {
        return PartitionValueList.builder().values(values).build();
    }
}
