package io.fanin.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.parallel.Workers;
import io.fanin.core.retry.Backoff;
import io.fanin.core.s3.BucketReader;
import io.fanin.core.s3.S3ObjectTarget;
import io.fanin.fakes.FakeS3;
import io.fanin.model.json.Json;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.Batch;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.processor.ProcessorSpec;
import io.fanin.processor.api.PartitionContext;
import io.fanin.processor.api.PartitionFailedException;
import io.fanin.processor.api.PartitionOutcome;
import io.fanin.processor.api.PartitionProcessor;
import io.fanin.processor.custom.Processors;
import io.fanin.records.objects.S3ObjectSource;
import io.fanin.records.samples.RowSamples;
import io.fanin.records.scratch.ConversionSettings;
import io.fanin.records.scratch.Deadline;
import io.fanin.records.scratch.Scratch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A partition of raw data, and the custom processors for it. Closing it fails if a test has left files on the disk. */
final class CustomWorkFixture implements AutoCloseable {

    static final String FROM = "raw/2013 02/";
    static final String TO = "flights/dt=2013-02-08/hour=17/";

    final FakeS3 s3 = new FakeS3().createBucket("lake").createBucket("landing");
    final List<PartitionProcessor> processors = new ArrayList<>();
    RowSamples samples = RowSamples.SHOWN;
    Deadline deadline = Deadline.NONE;

    private final Scratch scratch;

    /** The work of a custom processor on a partition. */
    interface Doing {
        PartitionOutcome process(PartitionContext partition) throws IOException, PartitionFailedException;
    }

    record Own(String name, Doing doing) implements PartitionProcessor {
        @Override
        public PartitionOutcome process(PartitionContext partition) throws IOException, PartitionFailedException {
            return doing.process(partition);
        }
    }

    CustomWorkFixture() {
        try {
            scratch = new Scratch(Files.createTempDirectory("custom"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        try (scratch;
                Stream<Path> left = Files.list(scratch.folder())) {
            assertThat(left).isEmpty();
        }
    }

    /** An object of the partition's raw data. */
    void raw(String name, String content) {
        s3.put("landing", FROM + name, content);
    }

    /** A processor that the table's spec names. */
    void own(Doing doing) {
        processors.add(new Own("mine", doing));
    }

    PartitionResult process() throws IOException {
        return process(new Processors(processors));
    }

    PartitionResult process(Processors found) throws IOException {
        ResolvedSpec spec = Json.read("""
                {"database": "analytics", "table": "flights", "location": "s3://lake/flights/", "format": "json",
                 "columns": [{"name": "carrier", "type": "string"}],
                 "partitionKeys": [{"name": "dt", "type": "date"}, {"name": "hour", "type": "int"}], "layout": "hive",
                 "source": {"location": "s3://landing/raw/", "format": "json", "layout": "hive",
                            "partitionKeys": [{"name": "dt", "type": "date"}, {"name": "hour", "type": "int"}]},
                 "processor": {"type": "custom", "name": "mine", "options": {"deep": [1]}}, "onPartial": "fail",
                 "detection": {"mode": "list"}}
                """, ResolvedSpec.class, "spec");
        ProcessorServices services = ProcessorFixture.services(
                bucket -> new S3ObjectSource(new BucketReader(s3.client(), bucket)),
                target -> S3ObjectTarget.of(s3.client(), target),
                ProcessorFixture.NO_TABLES,
                () -> new ConversionSettings(scratch.folder(), 1L << 30, 300L << 20, 2, 2, 1L << 20),
                Workers.CALLER,
                samples);
        try (CustomWork work = new CustomWork(
                spec, (ProcessorSpec.Custom) spec.processor(), found, services.until(deadline), deadline)) {
            Partition partition = new Partition(PartitionValues.of("2013-02-08", "17"), TO, Optional.of(FROM));
            return new BatchProcessor(work, deadline, new Backoff(wait -> {}), () -> 0, InstantSource.system(), samples)
                    .process(new Batch(0, List.of(partition)))
                    .partitions()
                    .getFirst();
        }
    }

    static void assertFailed(PartitionResult result, String error, String message) {
        assertThat(result).isInstanceOfSatisfying(PartitionResult.Failed.class, failed -> {
            assertThat(failed.failure().error()).isEqualTo(error);
            assertThat(failed.failure().message()).contains(message);
        });
    }
}
