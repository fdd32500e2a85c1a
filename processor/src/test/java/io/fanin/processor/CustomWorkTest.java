package io.fanin.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.json.Json;
import io.fanin.core.parallel.Workers;
import io.fanin.core.partition.Partition;
import io.fanin.core.partition.PartitionValues;
import io.fanin.core.retry.Backoff;
import io.fanin.core.run.Batch;
import io.fanin.core.run.PartitionResult;
import io.fanin.core.s3.BucketReader;
import io.fanin.core.s3.S3ObjectTarget;
import io.fanin.core.spec.ProcessorSpec;
import io.fanin.core.spec.TableSpec;
import io.fanin.fakes.FakeS3;
import io.fanin.processor.api.PartitionContext;
import io.fanin.processor.api.PartitionFailedException;
import io.fanin.processor.api.PartitionOutcome;
import io.fanin.processor.api.PartitionProcessor;
import io.fanin.processor.api.TableColumn;
import io.fanin.processor.custom.Processors;
import io.fanin.records.objects.S3ObjectSource;
import io.fanin.records.samples.RowSamples;
import io.fanin.records.scratch.ConversionSettings;
import io.fanin.records.scratch.Deadline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.ServiceConfigurationError;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Partitions that a processor of the deployment's own makes. */
class CustomWorkTest {

    private static final String FROM = "raw/2013 02/";
    private static final String TO = "flights/dt=2013-02-08/hour=17/";

    @TempDir
    private Path temporary;

    private final FakeS3 s3 = new FakeS3().createBucket("lake").createBucket("landing");
    private final List<PartitionProcessor> processors = new ArrayList<>();
    private RowSamples samples = RowSamples.SHOWN;

    /** What a processor does with a partition. */
    private interface Doing {
        PartitionOutcome process(PartitionContext partition) throws IOException, PartitionFailedException;
    }

    private record Own(String name, Doing doing) implements PartitionProcessor {
        @Override
        public PartitionOutcome process(PartitionContext partition) throws IOException, PartitionFailedException {
            return doing.process(partition);
        }
    }

    @AfterEach
    void nothingIsLeftOnTheDisk() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void processorSeesThePartitionAndWhatItWritesIsRegistered() throws IOException {
        raw("a.txt", "abc");
        raw("_SUCCESS", "");
        s3.put("lake", TO + "old.txt", "old", "fanin-table", "analytics.flights");
        own(partition -> {
            assertThat(partition.values().sequencedEntrySet())
                    .containsExactly(Map.entry("dt", "2013-02-08"), Map.entry("hour", "17"));
            assertThat(partition.columns()).containsExactly(new TableColumn("carrier", "string"));
            assertThat(partition.options()).isEqualTo("{\"deep\":[1]}");
            assertThat(partition.sourceUri()).hasToString("s3://landing/raw/2013%2002/");
            assertThat(partition.targetUri()).hasToString("s3://lake/" + TO);
            assertThat(partition.remaining()).isGreaterThan(Duration.ofHours(1));
            assertThat(partition.source()).singleElement().satisfies(object -> {
                assertThat(object.name()).isEqualTo("a.txt");
                assertThat(object.size()).isEqualTo(3);
            });
            assertThat(partition.target().list()).containsExactly("old.txt");
            Path file = partition.scratch().resolve("x");
            try (InputStream in = partition.source().getFirst().open()) {
                Files.write(file, new byte[] {(byte) in.read()});
            }
            partition.target().put("part/0.txt", file);
            partition.target().delete("old.txt");
            return new PartitionOutcome(OptionalLong.of(1), Map.of("quality", "good"));
        });

        PartitionResult result = process();

        assertThat(result).isInstanceOfSatisfying(PartitionResult.Processed.class, processed -> {
            assertThat(processed.inventory().files()).isEqualTo(1);
            assertThat(processed.inventory().bytes()).isEqualTo(3);
            assertThat(processed.held().bytes()).isEqualTo(1);
            assertThat(processed.rows()).hasValue(1);
            assertThat(processed.parameters()).isEqualTo(Map.of("quality", "good"));
        });
        assertThat(s3.text("lake", TO + "part/0.txt")).hasValue("a");
        assertThat(s3.keys("lake")).containsExactly(TO + "part/0.txt");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void objectOfAnotherTableIsNeitherReplacedNorDeleted(boolean replace) throws IOException {
        raw("a.txt", "abc");
        s3.put("lake", TO + "part-0.txt", "theirs", "fanin-table", "analytics.copy");
        own(partition -> {
            if (replace) {
                partition
                        .target()
                        .put("part-0.txt", Files.writeString(partition.scratch().resolve("x"), "ours"));
            } else {
                partition.target().delete("part-0.txt");
            }
            return PartitionOutcome.ofRows(1);
        });

        assertFailed(process(), "ForeignObjects", TO + "part-0.txt was not written by this table");
        assertThat(s3.text("lake", TO + "part-0.txt")).hasValue("theirs");
    }

    @Test
    void earlierObjectIsReplacedAndNewOneNeedsNoLookup() throws IOException {
        raw("a.txt", "abc");
        own(partition -> {
            partition
                    .target()
                    .put("part-0.txt", Files.writeString(partition.scratch().resolve("x"), "ours"));
            return PartitionOutcome.ofRows(1);
        });

        assertThat(process()).isInstanceOf(PartitionResult.Processed.class);
        assertThat(s3.log().count("HeadObject")).isZero();
        assertThat(process()).isInstanceOf(PartitionResult.Processed.class);
        assertThat(s3.log().count("HeadObject")).isEqualTo(1);
        assertThat(s3.text("lake", TO + "part-0.txt")).hasValue("ours");
    }

    @Test
    void failureOfThePartitionIsReportedInTheProcessorsWords() throws IOException {
        raw("a.txt", "abc");
        own(partition -> {
            throw new PartitionFailedException("BadWeather", "line 1\nis wet");
        });

        assertFailed(process(), "BadWeather", "line 1?is wet");
    }

    @Test
    void processorsWordsAreNotToldWhereSamplesAreOff() throws IOException {
        samples = RowSamples.HIDDEN;
        raw("a.txt", "abc");
        own(partition -> {
            throw new PartitionFailedException("BadWeather", "abc is wet");
        });

        assertFailed(process(), "BadWeather", "not shown, as the stack's parameter SampleRows is false");
    }

    @Test
    void processorsExceptionsAreLoggedWithoutTheirWords() throws IOException {
        raw("a.txt", "abc");
        PrintStream out = System.out;
        ByteArrayOutputStream logged = new ByteArrayOutputStream();
        System.setOut(new PrintStream(logged, true, StandardCharsets.UTF_8));
        processors.clear();
        own(partition -> {
            throw new IllegalStateException("abc", new NumberFormatException("For input string: abc"));
        });
        PartitionResult result = process();
        System.setOut(out);

        assertFailed(result, "IllegalStateException", "abc");
        assertThat(logged.toString(StandardCharsets.UTF_8))
                .contains("IllegalStateException", "NumberFormatException", "CustomWorkTest")
                .doesNotContain("abc");
    }

    @Test
    void objectThatIsReplacedMeanwhileFailsThePartition() throws IOException {
        raw("a.txt", "abc");
        own(partition -> {
            raw("a.txt", "other");
            try (InputStream in = partition.source().getFirst().open()) {
                return PartitionOutcome.ofRows(in.read());
            }
        });

        assertFailed(process(), "Replaced", "s3://landing/raw/2013 02/a.txt was replaced while being read");
    }

    @Test
    void processorThatWritesNothingHasFailed() throws IOException {
        raw("a.txt", "abc");
        own(partition -> PartitionOutcome.ofRows(1));

        assertFailed(process(), "NothingWritten", "the processor 'mine' wrote no data into " + TO);
    }

    @Test
    void processorIsNotAskedForAPartitionWithoutRawData() throws IOException {
        own(partition -> {
            throw new IllegalStateException("asked");
        });

        assertThat(process())
                .isInstanceOfSatisfying(
                        PartitionResult.Skipped.class,
                        skipped ->
                                assertThat(skipped.why()).contains("s3://landing/raw/2013 02/ holds no data objects"));
        raw("_SUCCESS", "");
        assertFailed(process(), "NoObjects", "s3://landing/raw/2013 02/ holds no data objects");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a", "../a", "a/../../b", "a//b", "a/", ".", ".."})
    void namesLeadToNowhereElse(String name) throws IOException {
        raw("a.txt", "abc");
        own(partition -> {
            assertThatThrownBy(() -> partition.target().delete(name))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is no name of an object in the partition's folder");
            throw new PartitionFailedException("Refused", "as it should be");
        });

        assertFailed(process(), "Refused", "as it should be");
    }

    @Test
    void unknownNameIsRefusedWithTheKnownNames() throws IOException {
        raw("a.txt", "abc");
        processors.add(new Own("yours", partition -> PartitionOutcome.ofRows(1)));

        assertFailed(
                process(),
                "UnknownProcessor",
                "no processor on the class path has the name 'mine', found: [yours (" + Own.class.getName() + ")]");
    }

    @Test
    void nameThatTwoHaveIsRefused() throws IOException {
        raw("a.txt", "abc");
        own(partition -> PartitionOutcome.ofRows(1));
        own(partition -> PartitionOutcome.ofRows(2));

        assertFailed(process(), "UnknownProcessor", "more than one processor on the class path has the name 'mine'");
    }

    @Test
    void processorThatCannotBeMadeIsNamed() throws IOException {
        raw("a.txt", "abc");

        PartitionResult result = process(new Processors(() -> {
            throw new ServiceConfigurationError("com.example.Mine not found");
        }));

        assertFailed(result, "UnknownProcessor", "com.example.Mine not found");
    }

    private static void assertFailed(PartitionResult result, String error, String message) {
        assertThat(result).isInstanceOfSatisfying(PartitionResult.Failed.class, failed -> {
            assertThat(failed.failure().error()).isEqualTo(error);
            assertThat(failed.failure().message()).contains(message);
        });
    }

    private void raw(String name, String content) {
        s3.put("landing", FROM + name, content);
    }

    private void own(Doing doing) {
        processors.add(new Own("mine", doing));
    }

    private PartitionResult process() throws IOException {
        return process(new Processors(processors));
    }

    private PartitionResult process(Processors found) throws IOException {
        TableSpec spec = Json.read("""
                {"database": "analytics", "table": "flights", "location": "s3://lake/flights/", "format": "json",
                 "columns": [{"name": "carrier", "type": "string"}],
                 "partitionKeys": [{"name": "dt", "type": "date"}, {"name": "hour", "type": "int"}], "layout": "hive",
                 "source": {"location": "s3://landing/raw/", "format": "json", "layout": "hive",
                            "partitionKeys": [{"name": "dt", "type": "date"}, {"name": "hour", "type": "int"}]},
                 "processor": {"type": "custom", "name": "mine", "options": {"deep": [1]}}, "onPartial": "fail",
                 "detection": {"mode": "list"}}
                """, TableSpec.class, "spec");
        ConversionTools tools = new ConversionTools(
                bucket -> new S3ObjectSource(new BucketReader(s3.client(), bucket)),
                target -> S3ObjectTarget.of(s3.client(), target),
                ProcessorFixture.NO_TABLES,
                () -> new ConversionSettings(temporary, 1L << 30, 300L << 20, 2, 2, 1L << 20),
                Workers.CALLER,
                samples);
        try (CustomWork work =
                new CustomWork(spec, (ProcessorSpec.Custom) spec.processorOrDefault(), found, tools, Deadline.NONE)) {
            Partition partition = new Partition(PartitionValues.of("2013-02-08", "17"), TO, Optional.of(FROM));
            return new BatchProcessor(work, new Backoff(wait -> {}), () -> 0, samples)
                    .process(new Batch(0, List.of(partition)))
                    .partitions()
                    .getFirst();
        }
    }
}
