package io.fanin.statemachine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.aws.RequestCounter;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.parallel.Workers;
import io.fanin.core.retry.Backoff;
import io.fanin.core.retry.Sleeper;
import io.fanin.core.s3.BucketReader;
import io.fanin.core.s3.S3ObjectStore;
import io.fanin.core.s3.S3Pages;
import io.fanin.core.store.ObjectStore;
import io.fanin.core.tables.S3Texts;
import io.fanin.core.tables.StackBuckets;
import io.fanin.core.tables.TableDirectory;
import io.fanin.detector.DetectorHandler;
import io.fanin.detector.ObjectEventsHandler;
import io.fanin.fakes.FakeAws;
import io.fanin.model.json.Json;
import io.fanin.processor.ProcessorHandler;
import io.fanin.records.samples.RowSamples;
import io.fanin.tablecreator.TableCreatorHandler;
import io.fanin.tablecreator.events.Announcer;
import io.fanin.tablecreator.events.EventBus;
import io.fanin.tablecreator.metrics.TableMetrics;
import io.fanin.tablecreator.notices.NoticeEvents;
import io.fanin.tablecreator.notices.Notices;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The sample events for calling single functions are valid inputs, in the order of a run. */
class SampleEventsTest {

    private static final Path EVENTS = Repository.ROOT.resolve("samples/events");
    private static final Path SAMPLES = Repository.ROOT.resolve("samples");
    private static final String HOUR = "dt=2013-02-08/hour=17/";
    private static final List<String> OF_VALIDATION =
            List.of("detector", "processor", "table-creator-register", "table-creator-hold", "table-creator-ended");
    private static final List<String> OF_GLUE_JOB =
            List.of("processor-check", "processor-prepare", "processor-validate");
    private static final List<String> OF_ALL_TABLES = List.of("detector-tables", "table-creator-summarize");

    private final FakeAws aws = new FakeAws();
    private final ObjectStore state;
    private final RequestStreamHandler detector;
    private final RequestStreamHandler processor;
    private final RequestStreamHandler tableCreator;
    private final ObjectEventsHandler objectEvents;

    SampleEventsTest() throws IOException {
        aws.s3().createBucket("state").createBucket("lake");
        put("specs/flights.json", SAMPLES.resolve("flights.json"));
        put("specs/carrier_delays.json", SAMPLES.resolve("carrier_delays.json"));
        put("flights/" + HOUR + "flights.json.gz", SAMPLES.resolve("flights/" + HOUR + "flights.json.gz"));
        aws.glue().putJob("carrier-delays", Map.of("--fanin_batch", ""), Map.of());
        state = new S3ObjectStore(aws.s3().client(), "state");
        GlueCatalog catalog = new GlueCatalog(aws.glue().client());
        detector = new DetectorHandler(
                state,
                aws.s3().client(),
                StackBuckets.of("state", "lake", "lake", "lake"),
                catalog,
                arn -> false,
                new RequestCounter(),
                Workers.CALLER);
        StackBuckets buckets = StackBuckets.of("state", "lake", "lake", "lake");
        objectEvents = new ObjectEventsHandler(
                state,
                TableDirectory.of(
                        "s3://lake/specs/",
                        "",
                        new S3Pages(aws.s3().client()),
                        new S3Texts(bucket -> new BucketReader(aws.s3().client(), bucket), buckets),
                        catalog,
                        Workers.CALLER),
                catalog,
                Clock.systemUTC(),
                Workers.CALLER);
        processor = new ProcessorHandler(
                aws.s3().client(),
                () -> catalog,
                "state",
                Sleeper.SYSTEM,
                Workers.CALLER,
                System::nanoTime,
                InstantSource.system(),
                RowSamples.SHOWN,
                new RequestCounter(),
                databases -> (spec, convert, raw, target, deadline) -> {
                    throw new IllegalStateException("nothing is converted");
                });
        EventBus bus = new EventBus(() -> aws.events().client(), "default", new Backoff(Sleeper.SYSTEM));
        tableCreator = new TableCreatorHandler(
                state,
                aws.s3().client(),
                catalog,
                arn -> false,
                arn -> Optional.empty(),
                Clock.systemUTC(),
                Workers.CALLER,
                new Announcer(List.of(bus)),
                new Notices(List.of(new NoticeEvents(bus)), Clock.systemUTC()),
                TableMetrics.NONE,
                new RequestCounter());
    }

    @Test
    void eventsOfARunAreWhatItsFunctionsTake() throws IOException {
        byte[] whole =
                aws.s3().get("lake", "flights/" + HOUR + "flights.json.gz").orElseThrow();
        aws.s3().put("lake", "flights/" + HOUR + "flights.json.gz", Arrays.copyOf(whole, whole.length / 2));

        assertThat(answer(detector, "detector").path("next").asText()).isEqualTo("PROCESS");
        JsonNode receipt = answer(processor, "processor");
        assertThat(receipt)
                .isEqualTo(event("table-creator-register").path("receipts").get(0));
        assertThat(answer(tableCreator, "table-creator-register").path("status").asText())
                .isEqualTo("PARTIAL");
        assertThatThrownBy(() -> answer(tableCreator, "table-creator-hold"))
                .hasMessageContaining("analytics.flights")
                .hasMessageContaining(HOUR.substring(0, HOUR.length() - 1));
        answer(tableCreator, "table-creator-ended");
    }

    @Test
    void eventsOfAGlueJobAreWhatTheProcessorTakes() throws IOException {
        ObjectNode start = (ObjectNode) event("detector");
        ObjectNode execution = (ObjectNode) start.path("execution");
        execution.set("Name", event("processor-check").path("run"));
        ((ObjectNode) execution.path("Input")).put("spec", "s3://lake/specs/carrier_delays.json");
        assertThat(answer(detector, start).path("next").asText()).isEqualTo("CHECK");

        assertThat(answer(processor, "processor-check").asText()).isEqualTo("PROCESS_BY_JOB");
        JsonNode job = answer(processor, "processor-prepare");
        assertThat(job.path("job")).isEqualTo(event("processor-validate").at("/glue/job"));
        aws.s3().put("lake", "carrier_delays/" + HOUR + "part-00000.json", """
                {"carrier": "UA", "flights": 3, "mean_delay": 17.0}
                """);
        assertThat(answer(processor, "processor-validate").path("ok").asInt()).isEqualTo(1);
    }

    @Test
    void eventsOfAllTablesAreWhatTheirFunctionsTake() throws IOException {
        JsonNode answer = answer(detector, "detector-tables");
        assertThat(answer.path("run"))
                .isEqualTo(event("table-creator-summarize").path("run"));
        assertThat(answer.path("tables").asInt()).isEqualTo(2);

        JsonNode summary = answer(tableCreator, "table-creator-summarize");
        assertThat(summary.path("status").asText()).isEqualTo("COMPLETE");
        assertThat(summary.at("/totals/COMPLETE").asInt()).isEqualTo(1);
        assertThat(summary.at("/totals/NOTHING_NEW").asInt()).isEqualTo(1);
    }

    @Test
    void eventOfAnObjectIsWhatTheInboxTakes() throws IOException {
        ObjectNode spec = (ObjectNode) Json.documents().readTree(Repository.text(SAMPLES.resolve("flights.json")));
        spec.put("table", "flights_by_event").put("location", "s3://lake/flights_by_event/");
        spec.putObject("detection").put("mode", "events");
        aws.s3().put("lake", "specs/flights_by_event.json", spec.toString());

        SQSEvent event = new SQSEvent();
        event.setRecords(event("object-events")
                .path("Records")
                .valueStream()
                .map(SampleEventsTest::message)
                .toList());

        assertThat(objectEvents.handleRequest(event, null).getBatchItemFailures())
                .isEmpty();
        assertThat(aws.s3().keys("state")).anyMatch(key -> key.startsWith("inbox/analytics/flights_by_event/"));
    }

    @Test
    void everyEventIsTried() throws IOException {
        try (Stream<Path> files = Files.list(EVENTS)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".json"))
                            .map(name -> name.replace(".json", "")))
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.of(OF_VALIDATION, OF_GLUE_JOB, OF_ALL_TABLES, List.of("object-events"))
                                    .flatMap(List::stream)
                                    .toList());
        }
    }

    private static SQSEvent.SQSMessage message(JsonNode record) {
        SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
        message.setMessageId(record.path("messageId").textValue());
        message.setBody(record.path("body").textValue());
        return message;
    }

    private void put(String key, Path file) throws IOException {
        aws.s3().put("lake", key, Files.readAllBytes(file));
    }

    private static JsonNode event(String name) throws IOException {
        return Json.documents().readTree(Repository.text(EVENTS.resolve(name + ".json")));
    }

    private static JsonNode answer(RequestStreamHandler function, String event) throws IOException {
        return answer(function, event(event));
    }

    private static JsonNode answer(RequestStreamHandler function, JsonNode event) throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        function.handleRequest(new ByteArrayInputStream(Json.documents().writeValueAsBytes(event)), output, null);
        return Json.documents().readTree(output.toByteArray());
    }
}
