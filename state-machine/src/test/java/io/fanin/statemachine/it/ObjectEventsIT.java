package io.fanin.statemachine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.cli.aws.BucketNotifications;
import io.fanin.model.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * From an object that is put into a bucket, by S3's notification, the queue and the inbox, to a registered partition.
 */
@ExtendWith(Platform.class)
@ResourceLock(Platform.SPECS)
class ObjectEventsIT {

    private final Pipeline pipeline;
    private final S3Client s3;
    private final SqsClient sqs;
    private TestLake.Table table;
    private String specKey;

    ObjectEventsIT(Pipeline pipeline) {
        this.pipeline = pipeline;
        this.s3 = pipeline.clients().s3();
        this.sqs = pipeline.clients().sqs();
    }

    @BeforeEach
    void aTableOfWhichS3Tells() {
        table = pipeline.newTable();
        specKey = TestLake.SPEC_PREFIX + table.database() + ".json";
        ObjectNode spec = table.spec();
        spec.putObject("detection").put("mode", "events");
        s3.createBucket(request -> request.bucket(TestLake.SPEC_BUCKET));
        s3.putObject(
                request -> request.bucket(TestLake.SPEC_BUCKET).key(specKey), RequestBody.fromString(spec.toString()));
        // A refused message is received again soon, but not while the function works on it.
        sqs.setQueueAttributes(request -> request.queueUrl(pipeline.stack().objectEventsQueueUrl())
                .attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "8")));
        new BucketNotifications(s3, TestLake.BUCKET).subscribe(pipeline.stack().objectEventsQueueArn(), table.prefix());
    }

    @AfterEach
    void tellNobody() {
        s3.putBucketNotificationConfiguration(
                request -> request.bucket(TestLake.BUCKET).notificationConfiguration(none -> {}));
        s3.deleteObject(request -> request.bucket(TestLake.SPEC_BUCKET).key(specKey));
        sqs.purgeQueue(request -> request.queueUrl(pipeline.stack().deadLetterQueueUrl()));
    }

    @Test
    void objectsThatArePutAreRegistered() {
        // A poll that was in progress when the visibility timeout was set still hides messages for the earlier timeout.
        table.withHours(1);
        awaitInbox(TestLake.Table.hour(0));
        String poison = "poison for " + table;
        send(poison);
        send(notification("fanin-it-foreign", table.prefix() + TestLake.Table.hour(5) + "part-0.json.gz"));
        send(notification(TestLake.BUCKET, table.prefix() + TestLake.Table.hour(0) + "part-0.json.gz"));
        table.with(TestLake.Table.hour(1) + "part-0.json.gz", Content.jsonGz())
                .with(TestLake.Table.hour(1) + "_SUCCESS", new byte[0]);
        awaitInbox(TestLake.Table.hour(0), TestLake.Table.hour(1));

        Finished plan = pipeline.run(input().put("dryRun", true));

        assertThat(pipeline.state()
                        .plan(plan.name())
                        .at("/requests/S3 ListObjectsV2")
                        .asInt())
                .as("of the inbox, and of two partitions: the table itself is not listed")
                .isEqualTo(3);

        Finished run = pipeline.runsOfAllTables().run("events-" + table.database(), onlyEvents());

        assertThat(run.output().at("/totals/COMPLETE").asInt())
                .as(run.toString())
                .isEqualTo(1);
        assertThat(pipeline.catalog().values(table))
                .containsExactlyInAnyOrder(TestLake.Table.valuesOfHour(0), TestLake.Table.valuesOfHour(1));
        assertThat(inbox()).isEmpty();
        Polling.await(
                "the dead-letter queue holds " + poison,
                Duration.ofMinutes(2),
                () -> deadLetters().anyMatch(message -> message.body().equals(poison)));
    }

    @Test
    void whatFailedIsRetriedWithTheNextEvents() {
        table.withHours(1).with(TestLake.Table.hour(1) + "part-0.json.gz", Content.truncatedJsonGz());
        awaitInbox(TestLake.Table.hour(0), TestLake.Table.hour(1));

        Finished partial = pipeline.run(input());

        assertThat(partial.error()).as(partial.toString()).endsWith("TablePartialException");
        assertThat(inbox()).as("the table's record remembers what failed").isEmpty();

        table.with(TestLake.Table.hour(1) + "part-0.json.gz", Content.jsonGz());
        table.with(TestLake.Table.hour(0) + "late.json.gz", Content.jsonGz());
        awaitInbox(TestLake.Table.hour(0), TestLake.Table.hour(1));
        Finished repaired = pipeline.run(input());

        assertThat(repaired.text("status")).as(repaired.toString()).isEqualTo("COMPLETE");
        assertThat(repaired.number("registered")).as("the late one, too").isEqualTo(2);
        assertThat(inbox()).isEmpty();
    }

    /** The input of the schedule of {@code EventsInterval}, limited to this table. */
    private ObjectNode onlyEvents() {
        ObjectNode input = Json.documents().createObjectNode().put("only", "events");
        input.putArray("tables").add(table.toString());
        return input;
    }

    private ObjectNode input() {
        return Json.documents().createObjectNode().put("spec", "s3://" + TestLake.SPEC_BUCKET + "/" + specKey);
    }

    private void awaitInbox(String... paths) {
        List<String> prefixes =
                Stream.of(paths).map(path -> table.prefix() + path).toList();
        Polling.await(
                "the inbox of " + table + " names " + prefixes,
                () -> inbox().flatMap(entry -> entry.findValuesAsText("prefix").stream())
                        .toList()
                        .containsAll(prefixes));
    }

    /** The entries of the table's inbox. */
    private Stream<JsonNode> inbox() {
        return s3
                .listObjectsV2(request -> request.bucket(pipeline.stack().stateBucket())
                        .prefix("inbox/" + table.database() + "/" + table.name() + "/"))
                .contents()
                .stream()
                .map(S3Object::key)
                .map(key -> pipeline.state().read(key));
    }

    private void send(String body) {
        sqs.sendMessage(request ->
                request.queueUrl(pipeline.stack().objectEventsQueueUrl()).messageBody(body));
    }

    private Stream<Message> deadLetters() {
        return sqs
                .receiveMessage(request ->
                        request.queueUrl(pipeline.stack().deadLetterQueueUrl()).maxNumberOfMessages(10))
                .messages()
                .stream();
    }

    private static String notification(String bucket, String key) {
        return """
                {"Records": [{"eventSource": "aws:s3", "eventName": "ObjectCreated:Put",
                  "s3": {"bucket": {"name": "%s"}, "object": {"key": "%s"}}}]}""".formatted(bucket, key);
    }
}
