package io.fanin.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.json.Json;
import io.fanin.core.parallel.Workers;
import io.fanin.core.partition.Partition;
import io.fanin.core.partition.PartitionValues;
import io.fanin.core.retry.Backoff;
import io.fanin.core.run.Batch;
import io.fanin.core.run.PartitionResult;
import io.fanin.core.run.Receipt;
import io.fanin.core.run.RunFolder;
import io.fanin.core.run.RunId;
import io.fanin.core.spec.TableSpec;
import io.fanin.core.store.S3ObjectStore;
import io.fanin.fakes.FakeS3;
import io.fanin.fakes.Fault;
import io.fanin.processor.convert.ConversionSettings;
import io.fanin.processor.convert.Deadline;
import io.fanin.processor.convert.S3ObjectTarget;
import io.fanin.processor.validate.S3ObjectSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A batch of partitions that a query makes, from the spec in the run folder to the result object. */
class SqlWorkTest {

    private static final RunId RUN = new RunId("nightly-1");

    @TempDir
    private Path temporary;

    private final FakeS3 s3 =
            new FakeS3().createBucket("state").createBucket("lake").createBucket("landing");
    private final RunFolder folder = new RunFolder(new S3ObjectStore(s3.client(), "state"), RUN);

    @BeforeEach
    void writeSpec() {
        folder.writeSpec(Json.read("""
                {"database": "analytics", "table": "delays", "location": "s3://lake/delays/", "format": "parquet",
                 "columns": [{"name": "share", "type": "bigint"}],
                 "partitionKeys": [{"name": "hour", "type": "int"}], "layout": "hive",
                 "source": {"location": "s3://landing/flights/", "format": "json", "layout": "hive",
                            "columns": [{"name": "delay", "type": "int"}], "partitionKeys": [{"name": "hour", "type": "int"}]},
                 "processor": {"type": "sql", "query": "SELECT CASE min(delay) WHEN 0 THEN error('late') ELSE min(delay) END AS share FROM source",
                               "maxBadRecords": 1},
                 "onPartial": "fail", "detection": {"mode": "list"}}
                """, TableSpec.class, "spec"));
    }

    @AfterEach
    void nothingIsLeftOnTheDisk() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void partitionsAreMadeAndAFailureIsItsOwnPartitionsOnly() throws IOException {
        raw(0, "{\"delay\":5}{\"delay\":\"late\"}");
        raw(1, "{\"delay\":0}");
        raw(2, "{\"delay\":7}");

        Receipt receipt = process(4);

        assertThat(receipt).isEqualTo(new Receipt.Processed(7, 2, 2));
        assertThat(result(0)).isInstanceOfSatisfying(PartitionResult.Processed.class, processed -> {
            assertThat(processed.rows()).isEqualTo(OptionalLong.of(1));
            assertThat(processed.inventory().files()).isEqualTo(1);
            assertThat(processed.held().files()).isEqualTo(1);
            assertThat(processed.parameters()).isEqualTo(Map.of("fanin.bad_records", "1"));
        });
        assertThat(result(1)).isInstanceOfSatisfying(PartitionResult.Failed.class, failed -> {
            assertThat(failed.failure().error()).isEqualTo("SqlError");
            assertThat(failed.failure().message()).contains("late");
        });
        assertThat(result(2)).isInstanceOf(PartitionResult.Processed.class);
        assertThat(result(3))
                .isInstanceOfSatisfying(
                        PartitionResult.Failed.class,
                        failed -> assertThat(failed.failure().error()).isEqualTo("NoObjects"));
        assertThat(s3.keys("lake"))
                .containsExactly("delays/hour=0/part-00000.parquet", "delays/hour=2/part-00000.parquet");
        assertThat(s3.text("state", "runs/nightly-1/quarantine/hour=0/bad-records.jsonl"))
                .hasValueSatisfying(records -> assertThat(records).contains("found \\\"late\\\""));
    }

    @Test
    void whatMayPassIsTriedAgain() throws IOException {
        raw(0, "{\"delay\":5}");
        s3.faults()
                .on("GetObject")
                .where(call -> call.target().startsWith("landing/"))
                .first(1)
                .thenTruncate();

        assertThat(process(1)).isEqualTo(new Receipt.Processed(7, 1, 0));
    }

    @Test
    void uploadThatIsRefusedIsThePartitionsFailure() throws IOException {
        raw(0, "{\"delay\":5}");
        s3.faults()
                .on("PutObject")
                .where(call -> call.target().startsWith("lake/"))
                .then(Fault.accessDenied());

        assertThat(process(1)).isEqualTo(new Receipt.Processed(7, 0, 1));
        assertThat(s3.keys("lake")).isEmpty();
    }

    private void raw(int hour, String content) {
        s3.put("landing", "flights/hour=" + hour + "/a.json", content);
    }

    private Receipt process(int hours) throws IOException {
        Processor processor = new Processor(
                new S3ObjectStore(s3.client(), "state"),
                new ConversionTools(
                        bucket -> new S3ObjectSource(s3.client(), bucket),
                        bucket -> new S3ObjectTarget(s3.client(), bucket),
                        ProcessorFixture.NO_TABLES,
                        () -> new ConversionSettings(temporary, 1L << 30, 300L << 20, 2, 2, 1L << 20),
                        Workers.CALLER),
                new Backoff(wait -> {}),
                () -> 0);
        Batch batch = new Batch(
                7,
                IntStream.range(0, hours)
                        .mapToObj(hour -> new Partition(
                                PartitionValues.of(String.valueOf(hour)),
                                "delays/hour=" + hour + "/",
                                Optional.of("flights/hour=" + hour + "/")))
                        .toList());
        return processor.process(new ProcessorInput(RUN, 0, batch), Deadline.NONE);
    }

    private PartitionResult result(int hour) {
        return folder.result(0, 7).orElseThrow().partitions().get(hour);
    }
}
