package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.COMPLETE;
import static io.fanin.detector.DetectorFixture.NAMES;
import static io.fanin.detector.DetectorFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.layout.Skip;
import io.fanin.core.layout.SkipReason;
import io.fanin.core.partition.Partition;
import io.fanin.core.partition.PartitionValues;
import io.fanin.core.run.Next;
import io.fanin.core.run.detection.Reason;
import io.fanin.core.run.detection.TakenMessages;
import io.fanin.core.run.folder.DetectionFiles;
import io.fanin.fakes.Call;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The mode {@code queue}. */
class QueueTest {

    private static final String URL = "https://sqs.us-east-1.amazonaws.com/123456789012/landed";
    private static final String H8 = "flights/dt=2026-11-20/hour=8/";
    private static final String H9 = "flights/dt=2026-11-20/hour=9/";
    private static final String QUEUE = ", 'detection': {'mode': 'queue', 'queueUrl': '" + URL + "'}";

    private final DetectorFixture fixture = new DetectorFixture();

    @BeforeEach
    void createQueue() {
        fixture.aws.sqs().createQueue(URL);
    }

    @Test
    void touchedPartitionsAreProcessedOnceAndNothingAboveThemIsListed() {
        fixture.data("dt=2026-11-20/hour=8", "dt=2026-11-20/hour=9").quiet();
        send(created("lake", H9 + "a.json"), created("lake", H8 + "a.json"), created("lake", H8 + "b.json"));

        DetectorAnswer answer = fixture.detect(COMPLETE + QUEUE);

        assertThat(answer.next()).isEqualTo(Next.PROCESS);
        assertThat(fixture.prefixes()).containsExactly(H8, H9);
        assertThat(fixture.listed()).containsExactlyInAnyOrder("lake/" + H8, "lake/" + H9);
        assertThat(remaining()).hasSize(3);
        assertThat(visible()).isEmpty();
        assertThat(taken())
                .extracting(TakenMessages.Group::prefixes)
                .containsExactlyInAnyOrder(List.of(H8), List.of(H9));
    }

    @Test
    void whatIsRegisteredAsItIsHasNothingToWaitFor() {
        fixture.table("").data("dt=2026-11-20/hour=8").processed("dt=2026-11-20/hour=8", "2026-11-20", "8");
        send(created("lake", H8 + "a.json"));

        DetectorAnswer answer = fixture.detect(COMPLETE + QUEUE);

        assertThat(answer.next()).isEqualTo(Next.NOTHING_NEW);
        assertThat(remaining()).isEmpty();
        assertThat(fixture.aws.s3().keys("state", "runs/r1/queue-")).isEmpty();
    }

    @Test
    void whatChangedSinceItWasRegisteredIsLate() {
        fixture.table("").data("dt=2026-11-20/hour=8").processed("dt=2026-11-20/hour=8", "2026-11-20", "8");
        fixture.aws.s3().put("lake", H8 + "late.json", "{}");
        send(created("lake", H8 + "late.json"));

        assertThat(fixture.detect(COMPLETE + QUEUE).detection().reasons()).isEqualTo(Map.of(Reason.LATE, 1L));
        assertThat(remaining()).hasSize(1);
    }

    /** Nobody knows what the other tool has seen, and an event says that something changed. */
    @Test
    void whatAnotherToolHasRegisteredIsLate() {
        fixture.table("").data("dt=2026-11-20/hour=8").registered("2026-11-20", "8");
        send(created("lake", H8 + "a.json"));

        assertThat(fixture.detect(COMPLETE + QUEUE).detection().reasons()).isEqualTo(Map.of(Reason.LATE, 1L));
    }

    @Test
    void whatIsNotThisTablesIsNamedAndGivenBack() {
        send(created("other", "x/a.json"), "hello", created("lake", H8 + "a.json"));

        fixture.detect(COMPLETE + QUEUE);

        assertThat(visible()).containsExactly(created("other", "x/a.json"), "hello");
        assertThat(fixture.detection().orElseThrow().counts().skips().reasons())
                .containsEntry(SkipReason.FOREIGN, 1L)
                .containsEntry(SkipReason.UNREADABLE, 1L);
    }

    @Test
    void aPartitionThatIsNotReadyLeavesItsMessageInTheQueue() {
        fixture.aws.s3().put("lake", H8 + "a.json", "{}");
        send(created("lake", H8 + "a.json"));

        DetectorAnswer answer = fixture.detect(COMPLETE + ", 'detection': {'mode': 'queue', 'queueUrl': '" + URL
                + "', 'readiness': {'marker': '_SUCCESS'}}");

        assertThat(answer.next()).isEqualTo(Next.NOTHING_NEW);
        assertThat(remaining()).hasSize(1);
        assertThat(fixture.aws.s3().keys("state", "runs/r1/queue-")).isEmpty();
    }

    @Test
    void aConflictLeavesItsMessagesInTheQueue() {
        send(created("lake", H8 + "a.json"), created("lake", "flights/dt=2026-11-20/hour=08/a.json"));

        fixture.detect(COMPLETE + QUEUE);

        assertThat(remaining()).hasSize(2);
        assertThat(fixture.detection().orElseThrow().counts().skips().reasons()).containsEntry(SkipReason.CONFLICT, 2L);
    }

    @Test
    void aDryRunGivesAllMessagesBack() {
        send(created("lake", H8 + "a.json"), "hello", created("lake", "flights/README.md"));

        fixture.detect("r1", json("{'dryRun': true, " + COMPLETE + QUEUE + "}"));

        assertThat(visible()).hasSize(3);
        assertThat(fixture.aws.log().calls()).extracting(Call::operation).doesNotContain("DeleteMessageBatch");
    }

    @Test
    void aQueueWithNothingInItCostsOneRequest() {
        fixture.table("");

        DetectorAnswer answer = fixture.detect(COMPLETE + QUEUE);

        assertThat(answer.next()).isEqualTo(Next.NOTHING_NEW);
        assertThat(fixture.aws.log().calls())
                .filteredOn(call -> call.service().equals("sqs"))
                .hasSize(1);
    }

    /** Before that a message is all that remembers its partition. */
    @Test
    void messagesAreDeletedWhenTheManifestIsWritten() {
        fixture.data("dt=2026-11-20/hour=8");
        send(created("lake", H8 + "a.json"), created("lake", "flights/README.md"));

        fixture.detect(COMPLETE + QUEUE);

        assertThat(fixture.aws.log().calls())
                .extracting(call -> call.operation() + " " + call.target())
                .containsSubsequence(
                        "PutObject state/runs/r1/queue-" + token() + ".json",
                        "PutObject state/runs/r1/pass-0/manifest.json",
                        "DeleteMessageBatch " + URL);
        assertThat(remaining()).containsExactly(created("lake", H8 + "a.json"));
    }

    /** Only what events name is seen: the prefix that is registered may lie beside it all the same. */
    @Test
    void anotherPrefixOfTheSameValuesDoesNotReplaceTheOneThatIsRegistered() {
        String padded = "flights/dt=2026-11-20/hour=08/";
        fixture.table("").data("dt=2026-11-20/hour=08").processed("dt=2026-11-20/hour=08", "2026-11-20", "08");
        fixture.aws.s3().put("lake", H8 + "a.json", "{}");
        send(created("lake", H8 + "a.json"));

        DetectorAnswer answer = fixture.detect(COMPLETE + QUEUE);

        assertThat(answer.partitions()).isZero();
        assertThat(fixture.detection().orElseThrow().counts().skips().sample())
                .extracting(Skip::prefix)
                .containsExactlyInAnyOrder(H8, padded);
        assertThat(remaining()).hasSize(1);
    }

    @Test
    void partitionThatMovedToAnotherPrefixIsLate() {
        fixture.table("").data("dt=2026-11-20/hour=08").processed("dt=2026-11-20/hour=08", "2026-11-20", "08");
        fixture.aws.s3().delete("lake", "flights/dt=2026-11-20/hour=08/part-0.json");
        fixture.aws.s3().put("lake", H8 + "a.json", "{}");
        send(created("lake", H8 + "a.json"));

        assertThat(fixture.detect(COMPLETE + QUEUE).detection().reasons()).isEqualTo(Map.of(Reason.LATE, 1L));
    }

    @Test
    void whatWasRemovedBeforeItWasRegisteredIsNoFailure() {
        fixture.table("");
        send(created("lake", H8 + "a.json"));

        DetectorAnswer answer = fixture.detect(COMPLETE + QUEUE);

        assertThat(answer.partitions()).isZero();
        assertThat(answer.detection().skippedReasons()).isEqualTo(Map.of(SkipReason.GONE, 1L));
        assertThat(remaining()).isEmpty();
    }

    /** The next try is to find them, and not an empty queue. */
    @Test
    void messagesAreGivenBackWhenTheDetectionFails() {
        fixture.table("");
        fixture.aws.s3().put("lake", H8 + "a.json", "{}");
        send(created("lake", H8 + "a.json"));
        fixture.aws.s3().deny("lake", H8);

        assertThatThrownBy(() -> fixture.detect(COMPLETE + QUEUE)).hasMessageContaining(H8);

        assertThat(visible()).hasSize(1);
        assertThat(fixture.stored("runs/r1/pass-0/manifest.json")).isEmpty();
    }

    @Test
    void objectsOfTheSourceTouchTheTablesPartitions() {
        fixture.raw("dt=2026-11-20/hour=8").quiet();
        send(
                created("landing", "raw/dt=2026-11-20/hour=8/part-0.json"),
                created("landing", "raw/dt=2026-11-20/hour=25/part-0.json"),
                created("lake", "flights/2026/11/20/08/part-00000.parquet"));

        DetectorAnswer answer = fixture.detect(NAMES + ", 'location': 's3://lake/flights/', 'format': 'parquet',"
                + " 'columns': [{'name': 'carrier', 'type': 'string'}], 'layout': '${at}', 'partitionKeys': [{'name': 'at',"
                + " 'type': 'string', 'format': 'yyyy/MM/dd/HH'}], 'source': {'location': 's3://landing/raw/',"
                + " 'partitionKeys': [{'name': 'dt', 'type': 'date'}, {'name': 'hour', 'type': 'int'}]},"
                + " 'processor': {'type': 'convert'}" + QUEUE);

        String raw = "raw/dt=2026-11-20/hour=8/";
        assertThat(fixture.work())
                .containsExactly(
                        new Partition(PartitionValues.of("2026/11/20/08"), "flights/2026/11/20/08/", Optional.of(raw)));
        assertThat(fixture.listed()).containsExactly("landing/" + raw);
        assertThat(taken()).extracting(TakenMessages.Group::prefixes).containsExactly(List.of(raw));
        assertThat(answer.detection().skippedReasons())
                .isEqualTo(Map.of(SkipReason.BAD_VALUE, 1L, SkipReason.FOREIGN, 1L));
        assertThat(remaining())
                .as("a message of what can be none of the table's has nothing to wait for")
                .hasSize(2);
    }

    private static String created(String bucket, String key) {
        return "{\"detail-type\":\"Object Created\",\"source\":\"aws.s3\",\"detail\":{\"bucket\":{\"name\":\"" + bucket
                + "\"},\"object\":{\"key\":\"" + key + "\"}}}";
    }

    private void send(String... bodies) {
        fixture.aws.sqs().send(URL, bodies);
    }

    /** Of the messages that the run has taken. */
    private List<TakenMessages.Group> taken() {
        return fixture.run()
                .detection()
                .flatMap(DetectionFiles::takenMessages)
                .orElseThrow()
                .groups();
    }

    private String token() {
        return fixture.run().detection().orElseThrow().token();
    }

    private List<String> remaining() {
        return fixture.aws.sqs().messages(URL);
    }

    private List<String> visible() {
        return fixture.aws.sqs().visible(URL);
    }
}
