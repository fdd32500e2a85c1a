package io.fanin.processor;

import io.fanin.core.aws.RequestCounter;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.parallel.Workers;
import io.fanin.core.retry.Backoff;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.s3.BucketReader;
import io.fanin.core.s3.ObjectSummary;
import io.fanin.core.s3.ObjectTarget;
import io.fanin.core.s3.S3ObjectStore;
import io.fanin.core.s3.S3ObjectTarget;
import io.fanin.core.store.ObjectStore;
import io.fanin.fakes.FakeS3;
import io.fanin.fakes.ManualClock;
import io.fanin.model.json.Json;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.Batch;
import io.fanin.model.run.BatchResult;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.run.Receipt;
import io.fanin.model.run.RunId;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.Specs;
import io.fanin.model.spec.detection.DetectionSpec;
import io.fanin.model.table.Column;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.table.TableName;
import io.fanin.processor.convert.PartitionConversion;
import io.fanin.processor.startup.FunctionResources;
import io.fanin.records.objects.ObjectSource;
import io.fanin.records.objects.S3ObjectSource;
import io.fanin.records.samples.RowSamples;
import io.fanin.records.scratch.ConversionSettings;
import io.fanin.records.scratch.Deadline;
import io.fanin.records.scratch.KeptDatabase;
import io.fanin.records.tables.TableSource;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** A run folder with its spec, a lake with its partitions, and the processor over both. */
final class ProcessorFixture {

    static final RunId RUN = new RunId("nightly-1");
    static final String STATE = "state";
    static final String LAKE = "lake";

    /** Fails when a table is looked up. */
    static final TableSource NO_TABLES = (name, most) -> {
        throw new AssertionError("only a query that names tables looks them up: " + name);
    };

    /** Fails when the catalog is opened. */
    static final Supplier<GlueCatalog> NO_CATALOG = () -> {
        throw new AssertionError("only a query that names tables needs the catalog");
    };

    final FakeS3 s3 = new FakeS3().createBucket(STATE).createBucket(LAKE);
    final List<Duration> waits = new ArrayList<>();
    final Processor processor;

    final ManualClock clock = new ManualClock(Instant.parse("2013-02-10T00:00:00Z"));
    private long nanos;
    private Duration takes = Duration.ZERO;

    private final ObjectStore state;
    private final Map<String, Throwable> bombs = new HashMap<>();

    ProcessorFixture() {
        state = new S3ObjectStore(s3.client(), STATE);
        processor = new Processor(
                state,
                services(
                        bucket -> new Mined(new S3ObjectSource(new BucketReader(s3.client(), bucket))),
                        target -> S3ObjectTarget.of(s3.client(), target),
                        NO_TABLES,
                        FunctionResources::now,
                        Workers.CALLER,
                        RowSamples.SHOWN),
                new Backoff(waits::add),
                () -> nanos,
                clock,
                new RequestCounter());
        writeSpec(DataFormat.JSON, CsvOptions.DEFAULT);
    }

    /** Services that convert with DuckDB, with a database of their own. */
    static ProcessorServices services(
            Function<String, ObjectSource> objectsOfBucket,
            Function<ResolvedSpec, ObjectTarget> targets,
            TableSource tables,
            Supplier<ConversionSettings> settings,
            Workers workers,
            RowSamples samples) {
        KeptDatabase databases = new KeptDatabase(settings);
        return new ProcessorServices(
                objectsOfBucket,
                targets,
                tables,
                settings,
                workers,
                samples,
                databases,
                PartitionConversion.with(databases));
    }

    void writeSpec(DataFormat format, CsvOptions csv) {
        writeSpec(format, csv, DetectionSpec.Listing.DEFAULT);
    }

    void writeSpec(DataFormat format, CsvOptions csv, DetectionSpec detection) {
        TableDefinition definition = new TableDefinition(
                new TableName("analytics", "flights"),
                S3Location.of("s3://lake/flights/"),
                format,
                csv,
                List.of(new Column("carrier", "string")),
                List.of(new PartitionKey("hour", KeyType.INT)),
                TableDefinition.HIVE_LAYOUT);
        ResolvedSpec spec =
                Specs.of(definition.name(), Map.of("detection", detection)).resolved(definition);
        s3.put(STATE, "runs/" + RUN + "/spec.json", Json.text(spec));
    }

    static Partition hour(int hour) {
        return new Partition(PartitionValues.of(String.valueOf(hour)), "flights/hour=" + hour + "/");
    }

    static String key(int hour) {
        return hour(hour).prefix() + "a.json";
    }

    /** A batch of this number of sound partitions, each one object of two rows. */
    Batch batch(int id, int partitions) {
        for (int hour = 0; hour < partitions; hour++) {
            s3.put(LAKE, key(hour), "{}\n{}\n");
        }
        return new Batch(
                id,
                IntStream.range(0, partitions).mapToObj(ProcessorFixture::hour).toList());
    }

    /** Sets the time that passes when a partition's object is read. */
    void takes(Duration duration) {
        takes = duration;
    }

    /** Throws this exception whenever this partition is listed. */
    void mine(int hour, Throwable bomb) {
        bombs.put(hour(hour).prefix(), bomb);
    }

    /** Interrupts the thread and fails whenever this partition is listed. */
    void interruptAt(int hour) {
        mine(hour, new InterruptedException());
    }

    Receipt process(Batch batch) {
        return process(0, batch);
    }

    Receipt process(int pass, Batch batch) {
        return process(pass, batch, Deadline.NONE);
    }

    /** Processes a batch in a function with this timeout. */
    Receipt process(Batch batch, Duration timeout) {
        return process(0, batch, new Deadline(() -> timeout.minusNanos(nanos).toMillis()));
    }

    Receipt process(Batch batch, Deadline deadline) {
        return process(0, batch, deadline);
    }

    private Receipt process(int pass, Batch batch, Deadline deadline) {
        try {
            return processor.process(new ProcessorInput(RUN, pass, batch, "*"), deadline);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    BatchResult result(int batch) {
        return folder().result(0, batch).orElseThrow();
    }

    List<PartitionResult> results(int batch) {
        return result(batch).partitions();
    }

    PartitionResult.Failed failed(int batch, int hour) {
        return (PartitionResult.Failed) results(batch).get(hour);
    }

    RunFolder folder() {
        return new RunFolder(state, RUN);
    }

    /** Processors in other languages than Java throw checked exceptions wherever they like. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void explode(Throwable bomb) throws T {
        throw (T) bomb;
    }

    /** Objects whose listings fail for some partitions. */
    private final class Mined implements ObjectSource {

        private final ObjectSource source;

        Mined(ObjectSource source) {
            this.source = source;
        }

        @Override
        public Iterator<ObjectSummary> list(String prefix) {
            switch (bombs.get(prefix)) {
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                case InterruptedException e -> {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException(e);
                }
                case Throwable checked -> ProcessorFixture.<RuntimeException>explode(checked);
                case null -> {}
            }
            return source.list(prefix);
        }

        @Override
        public InputStream open(ObjectSummary object) {
            return new FilterInputStream(source.open(object)) {
                @Override
                public void close() throws IOException {
                    nanos += takes.toNanos();
                    super.close();
                }
            };
        }

        @Override
        public byte[] range(ObjectSummary object, long from, long toInclusive) {
            return source.range(object, from, toInclusive);
        }
    }
}
