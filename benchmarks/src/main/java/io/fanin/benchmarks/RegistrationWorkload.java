package io.fanin.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.benchmarks.measure.Measured;
import io.fanin.core.answer.StepAnswer;
import io.fanin.core.answer.TableCreatorAnswer;
import io.fanin.core.aws.RequestCounter;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.lease.Leases;
import io.fanin.core.parallel.Workers;
import io.fanin.core.run.folder.ManifestSummary;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.run.folder.RunStart;
import io.fanin.core.s3.S3ObjectStore;
import io.fanin.core.store.ObjectStore;
import io.fanin.core.tables.SpecResolution;
import io.fanin.fakes.FakeAws;
import io.fanin.model.json.Json;
import io.fanin.model.names.StateKeys;
import io.fanin.model.names.StateKeys.PassKeys;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.BatchResult;
import io.fanin.model.run.Execution;
import io.fanin.model.run.Inventory;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.run.RunId;
import io.fanin.model.run.TableStatus;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.TakenEntries;
import io.fanin.model.run.waiver.WaiverChange;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.rules.SpecReader;
import io.fanin.tablecreator.TableCreatorHandler;
import io.fanin.tablecreator.events.Announcer;
import io.fanin.tablecreator.metrics.TableMetrics;
import io.fanin.tablecreator.notices.Notices;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * One run of the table-creator for an existing table and a pass whose partitions were all processed successfully.
 *
 * @param partitions of the pass, one a batch up to 2,500
 * @param columns of the table, repeated in every partition
 * @param overLoopback whether requests use HTTP on the loopback interface, or are answered in the same thread
 */
record RegistrationWorkload(int partitions, int columns, boolean overLoopback) implements Workload {

    /** Requests to S3 for the pass's manifest and its result objects, in {@link Measured#requests()}. */
    static final String FAN_IN = "fan-in of the pass";

    private static final String STATE_BUCKET = "state";
    private static final RunId RUN = new RunId("measured");

    /** Changes of the table by earlier runs: a table with few versions is read once more before each change of it. */
    private static final int EARLIER_CHANGES = 10;

    private static final String EXECUTION = "arn:aws:states:eu-west-1:123456789012:execution:fan-in:measured";
    private static final Instant WRITTEN = Instant.parse("2026-11-01T00:00:00Z");
    private static final LocalDateTime FIRST = LocalDateTime.parse("2020-01-01T00:00");

    @Override
    public Measured run() {
        FakeAws aws = new FakeAws();
        JsonNode input = prepare(aws);
        RequestCounter requests = new RequestCounter();
        long nanos;
        if (overLoopback) {
            try (BenchmarkClients clients = new BenchmarkClients(aws, requests)) {
                nanos = register(clients.s3(), clients.glue(), input);
            }
        } else {
            nanos = register(aws.s3().client(requests), aws.glue().client(requests), input);
        }
        int registered = registered(aws);
        if (registered != partitions) {
            throw new IllegalStateException(
                    "partitions registered: expected %d, found %d".formatted(partitions, registered));
        }
        Map<String, Long> counts = new HashMap<>(requests.counts());
        counts.put(FAN_IN, fanIn(aws));
        return new Measured(counts, nanos, 0);
    }

    private static long fanIn(FakeAws aws) {
        PassKeys pass = StateKeys.run(RUN).pass(0);
        return aws.log().calls().stream()
                .filter(call -> call.service().equals("s3"))
                .filter(call ->
                        call.target().contains(pass.results()) || call.target().endsWith(pass.manifest()))
                .count();
    }

    private static long register(S3Client s3, GlueClient glue, JsonNode input) {
        TableCreatorHandler handler = new TableCreatorHandler(
                new S3ObjectStore(s3, STATE_BUCKET),
                s3,
                new GlueCatalog(glue),
                arn -> false,
                arn -> Optional.empty(),
                Clock.systemUTC(),
                Workers.THREADS,
                new Announcer(List.of()),
                Notices.NONE,
                TableMetrics.NONE,
                new RequestCounter());
        byte[] bytes = Json.text(input).getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            long began = System.nanoTime();
            handler.handleRequest(new ByteArrayInputStream(bytes), answer, null);
            long nanos = System.nanoTime() - began;
            TableCreatorAnswer registered = (TableCreatorAnswer)
                    StepAnswer.find(answer.toString(StandardCharsets.UTF_8)).orElseThrow();
            TableStatus status = registered.status();
            if (status != TableStatus.COMPLETE) {
                throw new IllegalStateException("the table is " + status);
            }
            return nanos;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Makes the state bucket and the table, and all documents of the detector and the processors; returns the event.
     */
    JsonNode prepare(FakeAws aws) {
        aws.s3().createBucket(STATE_BUCKET);
        ResolvedSpec spec = spec();
        JsonNode input = prepared(new S3ObjectStore(aws.s3().client(), STATE_BUCKET), spec);
        new GlueCatalog(aws.glue().client()).createTableIfAbsent(spec.definition(), Map.of());
        for (int run = 0; run < EARLIER_CHANGES; run++) {
            aws.glue().alterTable(spec.tableName().database(), spec.tableName().table(), table -> {});
        }
        aws.log().reset();
        return input;
    }

    /** How many partitions the table has. */
    int registered(FakeAws aws) {
        ResolvedSpec spec = spec();
        return aws.glue()
                .locations(spec.tableName().database(), spec.tableName().table())
                .size();
    }

    /** Prepares the documents of the detector and the processors: the run folder and the table's lease. */
    private JsonNode prepared(ObjectStore state, ResolvedSpec spec) {
        RunFolder run = new RunFolder(state, RUN);
        Execution execution = new Execution(
                EXECUTION, RUN.value(), Json.documents().createObjectNode(), Optional.empty(), OptionalInt.of(0));
        DetectionReport detection = DetectionReport.NONE;
        run.writeStart(RunStart.of(spec, detection, TakenEntries.NONE, WaiverChange.NONE));
        run.begin(
                run.writeDetection(detection, TakenEntries.NONE),
                IntStream.range(0, partitions)
                        .mapToObj(RegistrationWorkload::hour)
                        .iterator(),
                ManifestSummary.of(partitions),
                ((Leases.Acquired) new Leases(state, arn -> false).acquire(spec.tableName(), execution)).version());
        ObjectNode input =
                Json.documents().createObjectNode().put("action", "register").put("run", RUN.value());
        ArrayNode receipts = input.put("pass", 0).putArray("receipts");
        run.readManifest(0, batch -> {
            BatchResult result = new BatchResult(
                    batch.id(),
                    batch.partitions().stream().map(RegistrationWorkload::sound).toList());
            run.writeResult(0, result);
            receipts.addPOJO(Json.documents().valueToTree(result.receipt()));
        });
        input.putObject("execution")
                .put("Id", EXECUTION)
                .put("Name", RUN.value())
                .put("RedriveCount", 0)
                .putObject("Input");
        return input;
    }

    private static PartitionResult sound(Partition partition) {
        String hash = "%064x".formatted(partition.hashCode());
        return new PartitionResult.Processed(
                partition, new Inventory(12, 123_456_789, Optional.of(WRITTEN), hash), OptionalLong.of(1_000_000));
    }

    private static Partition hour(int number) {
        LocalDateTime time = FIRST.plusHours(number);
        String date = time.toLocalDate().toString();
        String hour = String.valueOf(time.getHour());
        return new Partition(PartitionValues.of(date, hour), "flights/dt=" + date + "/hour=" + hour + "/");
    }

    private ResolvedSpec spec() {
        ObjectNode spec =
                Json.documents().createObjectNode().put("database", "analytics").put("table", "flights");
        spec.put("location", "s3://lake/flights/").put("format", "parquet").put("layout", "hive");
        ArrayNode all = spec.putArray("columns");
        for (int i = 0; i < columns; i++) {
            all.addObject().put("name", "column_" + i).put("type", "string");
        }
        ArrayNode keys = spec.putArray("partitionKeys");
        keys.addObject().put("name", "dt").put("type", "date");
        keys.addObject().put("name", "hour").put("type", "int");
        return SpecResolution.resolveNew(new SpecReader().read(spec));
    }
}
