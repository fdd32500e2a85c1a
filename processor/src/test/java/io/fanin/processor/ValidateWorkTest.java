package io.fanin.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.json.Json;
import io.fanin.core.parallel.Workers;
import io.fanin.core.partition.Partition;
import io.fanin.core.partition.PartitionValues;
import io.fanin.core.retry.Backoff;
import io.fanin.core.run.Batch;
import io.fanin.core.run.PartitionResult;
import io.fanin.core.run.RunFolder;
import io.fanin.core.run.RunId;
import io.fanin.core.spec.TableSpec;
import io.fanin.core.store.S3ObjectStore;
import io.fanin.fakes.FakeS3;
import io.fanin.processor.convert.ConversionSettings;
import io.fanin.processor.convert.Deadline;
import io.fanin.processor.convert.S3ObjectTarget;
import io.fanin.processor.validate.S3ObjectSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A batch of partitions that stay as they are, from the spec in the run folder to the result object. */
class ValidateWorkTest {

    private static final RunId RUN = new RunId("nightly-1");

    @TempDir
    private Path temporary;

    private final FakeS3 s3 = new FakeS3().createBucket("state").createBucket("lake");
    private final RunFolder folder = new RunFolder(new S3ObjectStore(s3.client(), "state"), RUN);
    private long scratchBytes = 1L << 30;
    private Workers workers = Workers.THREADS;

    @Test
    void parquetIsCountedAndToldOfAndAFailureIsItsOwnPartitionsOnly() throws IOException {
        writeSpec("parquet", "{\"type\": \"validate\", \"statistics\": [\"id\"]}");
        byte[] rows = parquet();
        s3.put("lake", prefix(0) + "a.parquet", rows);
        s3.put("lake", prefix(1) + "a.parquet", Arrays.copyOf(rows, rows.length - 2));
        s3.put("lake", prefix(2) + "a.parquet", rows);

        List<PartitionResult> results = process(3);

        assertThat(results.get(0)).isInstanceOfSatisfying(PartitionResult.Processed.class, processed -> {
            assertThat(processed.rows()).isEqualTo(OptionalLong.of(3));
            assertThat(processed.parameters())
                    .containsEntry("fanin.min.id", "5")
                    .containsEntry("fanin.max.id", "7");
            assertThat(processed.inventory().bytes()).isEqualTo(rows.length);
        });
        assertThat(results.get(1))
                .isInstanceOfSatisfying(
                        PartitionResult.Failed.class,
                        failed -> assertThat(failed.failure().error()).isEqualTo("BadParquet"));
        assertThat(results.get(2)).isInstanceOf(PartitionResult.Processed.class);
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left).isEmpty();
        }
    }

    /** As the simulation of whole runs wants it, in which requests come in the same order each time. */
    @Test
    void parquetIsFetchedByTheWorkersThatThereAre() throws IOException {
        writeSpec("parquet", "{\"type\": \"validate\"}");
        s3.put("lake", prefix(0) + "a.parquet", parquet());
        s3.put("lake", prefix(0) + "b.parquet", parquet());
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        s3.faults()
                .on("GetObject")
                .where(call -> call.target().startsWith("lake/"))
                .first(2)
                .thenRun(() -> threads.add(Thread.currentThread()));
        workers = Workers.CALLER;

        assertThat(process(1).getFirst()).isInstanceOf(PartitionResult.Processed.class);

        assertThat(threads).containsExactly(Thread.currentThread());
    }

    @Test
    void tooFewRowsFailThePartitionWithTheExpectationsName() throws IOException {
        writeSpec("json", "{\"type\": \"validate\", \"expect\": [{\"name\": \"enough\", \"rows\": {\"atLeast\": 2}}]}");
        s3.put("lake", prefix(0) + "a.json", "{}\n{}\n");
        s3.put("lake", prefix(1) + "a.json", "{}\n");

        List<PartitionResult> results = process(2);

        assertThat(results.get(0)).isInstanceOf(PartitionResult.Processed.class);
        assertThat(results.get(1)).isInstanceOfSatisfying(PartitionResult.Failed.class, failed -> {
            assertThat(failed.failure().error()).isEqualTo("ExpectationFailed");
            assertThat(failed.failure().message())
                    .isEqualTo("what is expected of it: 'enough' wants 2 rows or more, found 1");
        });
    }

    @Test
    void functionWithoutRoomOnItsDiskSaysSoForEachPartition() throws IOException {
        writeSpec("parquet", "{\"type\": \"validate\"}");
        s3.put("lake", prefix(0) + "a.parquet", parquet());
        scratchBytes = 1000;

        assertThat(process(1).getFirst())
                .isInstanceOfSatisfying(
                        PartitionResult.Failed.class,
                        failed -> assertThat(failed.failure().error()).isEqualTo("NoSpace"));
    }

    private void writeSpec(String format, String processor) {
        String spec = """
                {"database": "analytics", "table": "flights", "location": "s3://lake/flights/", "format": "%s",
                 "columns": [{"name": "id", "type": "bigint"}], "partitionKeys": [{"name": "hour", "type": "int"}],
                 "layout": "hive", "processor": %s, "onPartial": "fail", "detection": {"mode": "list"}}
                """.formatted(format, processor);
        folder.writeSpec(Json.read(spec, TableSpec.class, "spec"));
    }

    private static String prefix(int hour) {
        return "flights/hour=" + hour + "/";
    }

    private List<PartitionResult> process(int hours) throws IOException {
        List<Partition> partitions = IntStream.range(0, hours)
                .mapToObj(hour -> new Partition(PartitionValues.of(String.valueOf(hour)), prefix(hour)))
                .toList();
        new Processor(
                        new S3ObjectStore(s3.client(), "state"),
                        new ConversionTools(
                                bucket -> new S3ObjectSource(s3.client(), bucket),
                                bucket -> new S3ObjectTarget(s3.client(), bucket),
                                ProcessorFixture.NO_TABLES,
                                () -> new ConversionSettings(temporary, scratchBytes, 300L << 20, 2, 2, 1L << 20),
                                workers),
                        new Backoff(wait -> {}),
                        () -> 0)
                .process(new ProcessorInput(RUN, 0, new Batch(7, partitions)), Deadline.NONE);
        return folder.result(0, 7).orElseThrow().partitions();
    }

    /** Three rows whose id is 5, 6 and 7. */
    private static byte[] parquet() throws IOException {
        try (InputStream file = ValidateWorkTest.class.getResourceAsStream("/three-rows.parquet")) {
            return Objects.requireNonNull(file, "three-rows.parquet").readAllBytes();
        }
    }
}
