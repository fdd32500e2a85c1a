package io.fanin.statemachine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.model.json.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.glue.model.Database;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sfn.model.StateMachineListItem;

/** The warehouse's sample: a thousand records through two streams, their hour, and a job that counts it. */
@ExtendWith(Platform.class)
@Order(Platform.MINUTES)
class WarehouseIT {

    private static final int CLICKS = 600;
    private static final int BAD_CLICKS = 12;
    private static final int IMPRESSIONS = 400;
    private static final int BAD_IMPRESSIONS = 8;

    /** The number of records that are joined in every tenth entry of a put. */
    private static final int RUN_TOGETHER = 3;

    private final EmulatorClients clients;

    WarehouseIT(Pipeline pipeline) {
        this.clients = pipeline.clients();
    }

    @Test
    void recordsOfStreamsAreRegisteredSetAsideCountedAndQueried() {
        if (!WarehouseSample.canBeDeployed()) {
            assertThat(System.getenv("CI"))
                    .as("the warehouse's sample has to be tested")
                    .isNotEqualTo("true");
            Assumptions.abort(
                    "NOT TESTED: scripts/test builds the sample and installs the CDK, where there is Node.js");
        }
        WarehouseSample sample = WarehouseSample.deployed(clients.endpoint());
        Instant hour = hourWithAMinuteLeft();
        String inserted = DateTimeFormatter.ofPattern("yyyy/MM/dd/HH")
                .withZone(ZoneOffset.UTC)
                .format(hour);
        put(sample, "clicks", "ClicksStream", CLICKS, BAD_CLICKS, inserted);
        put(sample, "impressions", "ImpressionsStream", IMPRESSIONS, BAD_IMPRESSIONS, inserted);

        assertThat(run(table("clicks", hour.plus(65, ChronoUnit.MINUTES))).number("registered"))
                .as("Firehose may still be writing")
                .isNotPositive();
        Instant closed = hour.plus(66, ChronoUnit.MINUTES);
        assertRegistered(run(table("clicks", closed)), "clicks", BAD_CLICKS, inserted);
        assertRegistered(run(table("impressions", closed)), "impressions", BAD_IMPRESSIONS, inserted);
        count(hour);
        // Records that arrive twice are counted once.
        count(hour);

        List<List<Object>> expected = List.of(
                List.of("click", CLICKS - BAD_CLICKS, inserted),
                List.of("impression", IMPRESSIONS - BAD_IMPRESSIONS, inserted));
        // The warehouse's own schedule may have counted the hour before meanwhile.
        String counted = "select event_type, \"count\", time from analytics_dw.aggregates where time = '%s' order by 1"
                .formatted(inserted);
        assertThat(sample.fanin("query", counted).path("rows")).hasToString(Json.text(expected));
        assertThat(sample.fanin("status", "analytics_dw.aggregates")
                        .path("status")
                        .textValue())
                .isEqualTo("COMPLETE");
        assertReadByTrino(counted, expected);

        sample.destroy();
        assertThat(clients.kinesis().listStreams().streamNames()).noneMatch(name -> name.contains("analyticsdw"));
        assertThat(clients.glue().getDatabases(request -> {}).databaseList())
                .extracting(Database::name)
                .doesNotContain("analytics_dw");
        assertThat(keys(sample.output("DataBucket"), "clicks/"))
                .as("data stays")
                .isNotEmpty();
    }

    /** Firehose puts a record into the hour of its arrival. */
    private static Instant hourWithAMinuteLeft() {
        Polling.await("an hour with a minute left", Duration.ofMinutes(2), () -> hour(0).equals(hour(1)));
        return hour(0);
    }

    private static Instant hour(int minutesAhead) {
        return Clock.systemUTC()
                .instant()
                .plus(minutesAhead, ChronoUnit.MINUTES)
                .truncatedTo(ChronoUnit.HOURS);
    }

    private void put(WarehouseSample sample, String table, String stream, int records, int bad, String inserted) {
        List<PutRecordsRequestEntry> entries = new ArrayList<>();
        for (int from = 0; from < records; ) {
            int to = Math.min(records, from + (entries.size() % 10 == 0 ? RUN_TOGETHER : 1));
            String text = IntStream.range(from, to)
                    .mapToObj(i -> record(i, i * bad / records < (i + 1) * bad / records))
                    .collect(Collectors.joining());
            entries.add(PutRecordsRequestEntry.builder()
                    .partitionKey(String.valueOf(from))
                    .data(SdkBytes.fromUtf8String(text))
                    .build());
            from = to;
        }
        for (int from = 0; from < entries.size(); from += 400) {
            List<PutRecordsRequestEntry> some = entries.subList(from, Math.min(entries.size(), from + 400));
            assertThat(clients.kinesis()
                            .putRecords(request ->
                                    request.streamName(sample.output(stream)).records(some))
                            .failedRecordCount())
                    .isZero();
        }
        String folder = "landing/" + table + "/" + inserted + "/";
        Polling.await(
                "the records of " + table + " delivered to " + folder,
                () -> keys(sample.output("DataBucket"), folder).stream()
                                .mapToLong(key -> lines(sample.output("DataBucket"), key))
                                .sum()
                        == entries.size());
    }

    private static String record(int number, boolean isBad) {
        String time = isBad ? "yesterday" : "2013-02-08T17:05:09Z";
        return "{\"id\": \"%d\", \"session_id\": \"s%d\", \"event_time\": \"%s\"}".formatted(number, number % 7, time);
    }

    private static ObjectNode table(String name, Instant time) {
        return at(time).put("database", "analytics_dw").put("table", name);
    }

    private static ObjectNode at(Instant time) {
        return Json.documents().createObjectNode().put("time", time.toString());
    }

    private Finished run(ObjectNode input) {
        return machine(false).run(input);
    }

    private TestExecutions machine(boolean isOfAllTables) {
        return clients.sfn().listStateMachines(request -> {}).stateMachines().stream()
                .filter(machine -> machine.name().startsWith(WarehouseSample.STACK)
                        && machine.name().endsWith("-all") == isOfAllTables)
                .map(StateMachineListItem::stateMachineArn)
                .map(arn -> new TestExecutions(clients.sfn(), arn))
                .findFirst()
                .orElseThrow();
    }

    private void assertRegistered(Finished run, String table, int bad, String inserted) {
        assertThat(run.succeeded()).as(run.toString()).isTrue();
        assertThat(run.text("status")).isEqualTo("COMPLETE");
        assertThat(run.number("registered")).isEqualTo(1);
        assertThat(run.number("badRecords")).isEqualTo(bad);
        String stateBucket = URI.create(run.text("quarantine")).getHost();
        String partition = "inserted_at=" + inserted.replace("/", "%2F");
        assertThat(new StateBucket(clients.s3(), stateBucket).badRecords(run.name(), partition))
                .as("quarantine of " + table)
                .hasSize(bad);
    }

    /** The job writes the hour, and the schedule of all tables registers it. */
    private void count(Instant hour) {
        Instant time = hour.plus(90, ChronoUnit.MINUTES);
        String function = clients.lambda().listFunctionsPaginator().functions().stream()
                .map(FunctionConfiguration::functionName)
                .filter(name -> name.startsWith(WarehouseSample.STACK) && name.contains("aggregatesJob"))
                .findFirst()
                .orElseThrow();
        String event = at(time).put("id", "half-past").toString();
        assertThat(clients.lambda()
                        .invoke(request -> request.functionName(function).payload(SdkBytes.fromUtf8String(event)))
                        .functionError())
                .isNull();
        Finished run = machine(true)
                .run(at(time).set(
                                "databases", Json.documents().createArrayNode().add("analytics_dw")));
        assertThat(run.succeeded()).as(run.toString()).isTrue();
    }

    /** Asserts the rows that Trino reads, in the profile {@code readers}. */
    private void assertReadByTrino(String sql, List<List<Object>> expected) {
        String home = System.getProperty("trino.home");
        if (home != null) {
            try (Trino trino = Trino.started(Path.of(home), clients.endpoint())) {
                assertThat(trino.query("analytics_dw", sql))
                        .isEqualTo(expected.stream()
                                .map(row -> row.stream().map(String::valueOf).toList())
                                .toList());
            }
        }
    }

    private List<String> keys(String bucket, String prefix) {
        return clients.s3().listObjectsV2(request -> request.bucket(bucket).prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    private long lines(String bucket, String key) {
        return clients.s3()
                .getObjectAsBytes(request -> request.bucket(bucket).key(key))
                .asString(StandardCharsets.UTF_8)
                .lines()
                .count();
    }
}
