package io.fanin.processor;

import io.fanin.core.aws.RequestCounter;
import io.fanin.core.parallel.Workers;
import io.fanin.core.retry.Backoff;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.s3.BucketReader;
import io.fanin.core.s3.S3ObjectStore;
import io.fanin.core.s3.S3ObjectTarget;
import io.fanin.fakes.FakeS3;
import io.fanin.fakes.Fault;
import io.fanin.fakes.Faults;
import io.fanin.fakes.ManualClock;
import io.fanin.fakes.RequestLog;
import io.fanin.model.json.Json;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.Batch;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.run.Receipt;
import io.fanin.model.run.RunId;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.processor.convert.Conversions;
import io.fanin.processor.convert.PartitionConversion;
import io.fanin.records.objects.S3ObjectSource;
import io.fanin.records.samples.RowSamples;
import io.fanin.records.scratch.ConversionSettings;
import io.fanin.records.scratch.Deadline;
import io.fanin.records.scratch.KeptDatabase;
import io.fanin.records.tables.TableSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A table by the hour, and batches of its partitions from the spec in the run folder to the result object. */
final class BatchFixture {

    static final RunId RUN = new RunId("nightly-1");

    final ManualClock clock = new ManualClock(Instant.parse("2013-02-10T12:00:00Z"));
    final FakeS3 s3 = new FakeS3(clock, new RequestLog(), new Faults())
            .createBucket("state")
            .createBucket("lake")
            .createBucket("landing");
    final List<Duration> waits = new ArrayList<>();
    long scratchBytes = 1L << 30;
    Workers workers = Workers.CALLER;
    RowSamples samples = RowSamples.SHOWN;
    TableSource tables = ProcessorFixture.NO_TABLES;

    final KeptDatabase databases = new KeptDatabase(this::settings);
    Conversions conversions = PartitionConversion.with(databases);
    private final Path temporary;
    private final RunFolder folder = new RunFolder(new S3ObjectStore(s3.client(), "state"), RUN);

    BatchFixture(Path temporary) {
        this.temporary = temporary;
    }

    /**
     * Writes the spec.
     *
     * @param more fields of it, its {@code processor} among them
     */
    void writeSpec(String format, String columns, String more) {
        writeSpec("""
                {"database": "analytics", "table": "flights", "location": "s3://lake/flights/", "format": "%s",
                 "columns": [%s], "partitionKeys": [{"name": "hour", "type": "int"}],
                 "layout": "hive", %s, "onPartial": "fail", "detection": {"mode": "list"}}
                """.formatted(format, columns, more));
    }

    /** Replaces the spec, as if each were that of a new run. */
    void writeSpec(String json) {
        s3.put("state", "runs/" + RUN + "/spec.json", Json.text(Json.read(json, ResolvedSpec.class, "spec")));
    }

    /** Truncates the first read of a raw object; the next attempt gets all of it. */
    void cutFirstRead() {
        s3.faults()
                .on("GetObject")
                .where(call -> call.target().startsWith("landing/"))
                .first(1)
                .thenTruncate();
    }

    /** Refuses all writes into the table's bucket. */
    void refuseUploads() {
        s3.faults()
                .on("PutObject")
                .where(call -> call.target().startsWith("lake/"))
                .then(Fault.accessDenied());
    }

    static String prefix(int hour) {
        return "flights/hour=" + hour + "/";
    }

    /** Processes the first hours in one batch. */
    List<PartitionResult> process(int hours) throws IOException {
        receipt(hours);
        return results();
    }

    /** Processes the first hours in one batch, and returns the answer to the state machine. */
    Receipt receipt(int hours) throws IOException {
        return receipt(hours, Deadline.NONE);
    }

    /** Processes the first hours in one batch until the deadline. */
    Receipt receipt(int hours, Deadline deadline) throws IOException {
        return receipt(
                IntStream.range(0, hours)
                        .mapToObj(hour -> new Partition(
                                PartitionValues.of(String.valueOf(hour)), prefix(hour), Optional.of(prefix(hour))))
                        .toList(),
                deadline);
    }

    Receipt receipt(List<Partition> partitions) throws IOException {
        return receipt(partitions, Deadline.NONE);
    }

    private Receipt receipt(List<Partition> partitions, Deadline deadline) throws IOException {
        return newEnvironment().process(new ProcessorInput(RUN, 0, new Batch(7, partitions), "*"), deadline);
    }

    Processor newEnvironment() {
        return new Processor(
                new S3ObjectStore(s3.client(), "state"),
                new ProcessorServices(
                        bucket -> new S3ObjectSource(new BucketReader(s3.client(), bucket)),
                        target -> S3ObjectTarget.of(s3.client(), target),
                        tables,
                        this::settings,
                        workers,
                        samples,
                        databases,
                        conversions),
                new Backoff(waits::add),
                () -> 0,
                clock,
                new RequestCounter());
    }

    private ConversionSettings settings() {
        return new ConversionSettings(temporary, scratchBytes, 300L << 20, 2, 2, 1L << 20).with(samples);
    }

    /** The results of the last batch. */
    List<PartitionResult> results() {
        return folder.result(0, 7).orElseThrow().partitions();
    }

    List<Path> scratchFiles() throws IOException {
        try (Stream<Path> left = Files.list(temporary)) {
            return left.toList();
        }
    }
}
