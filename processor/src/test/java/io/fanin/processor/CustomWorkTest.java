package io.fanin.processor;

import static io.fanin.processor.CustomWorkFixture.TO;
import static io.fanin.processor.CustomWorkFixture.assertFailed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParseException;
import io.fanin.model.run.PartitionResult;
import io.fanin.processor.api.PartitionFailedException;
import io.fanin.processor.api.PartitionOutcome;
import io.fanin.processor.api.TableColumn;
import io.fanin.records.samples.RowSamples;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.zip.ZipException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Partitions that a processor of the deployment's own makes. */
class CustomWorkTest {

    @AutoClose
    private final CustomWorkFixture fixture = new CustomWorkFixture();

    @Test
    void versionsThatConvertHasMadeAreNotReadBesideWhatIsWritten() throws IOException {
        fixture.raw("a.txt", "abc");
        fixture.s3.put("lake", TO + "version-0123456789abcdef-1/part-00000.parquet", "old");
        fixture.own(partition -> {
            partition
                    .target()
                    .put("a.txt", Files.writeString(partition.scratch().resolve("x"), "x"));
            return PartitionOutcome.ofRows(1);
        });

        assertFailed(fixture.process(), "ForeignObjects", "version-0123456789abcdef-1/part-00000.parquet");
    }

    @Test
    void processorSeesThePartitionAndWhatItWritesIsRegistered() throws IOException {
        fixture.raw("a.txt", "abc");
        fixture.raw("_SUCCESS", "");
        fixture.s3.put("lake", TO + "old.txt", "old", "fanin-table", "analytics.flights");
        fixture.own(partition -> {
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

        PartitionResult result = fixture.process();

        assertThat(result).isInstanceOfSatisfying(PartitionResult.Processed.class, processed -> {
            assertThat(processed.inventory().files()).isEqualTo(1);
            assertThat(processed.inventory().bytes()).isEqualTo(3);
            assertThat(processed.held().bytes()).isEqualTo(1);
            assertThat(processed.rows()).hasValue(1);
            assertThat(processed.parameters()).isEqualTo(Map.of("quality", "good"));
        });
        assertThat(fixture.s3.text("lake", TO + "part/0.txt")).hasValue("a");
        assertThat(fixture.s3.keys("lake")).containsExactly(TO + "part/0.txt");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void objectOfAnotherTableIsNeitherReplacedNorDeleted(boolean replace) throws IOException {
        fixture.raw("a.txt", "abc");
        fixture.s3.put("lake", TO + "part-0.txt", "theirs", "fanin-table", "analytics.copy");
        fixture.own(partition -> {
            if (replace) {
                partition
                        .target()
                        .put("part-0.txt", Files.writeString(partition.scratch().resolve("x"), "ours"));
            } else {
                partition.target().delete("part-0.txt");
            }
            return PartitionOutcome.ofRows(1);
        });

        assertFailed(fixture.process(), "ForeignObjects", TO + "part-0.txt was not written by this table");
        assertThat(fixture.s3.text("lake", TO + "part-0.txt")).hasValue("theirs");
    }

    @Test
    void earlierObjectIsReplacedAndNewOneNeedsNoLookup() throws IOException {
        fixture.raw("a.txt", "abc");
        fixture.own(partition -> {
            partition
                    .target()
                    .put("part-0.txt", Files.writeString(partition.scratch().resolve("x"), "ours"));
            return PartitionOutcome.ofRows(1);
        });

        assertThat(fixture.process()).isInstanceOf(PartitionResult.Processed.class);
        assertThat(fixture.s3.log().count("HeadObject")).isZero();
        assertThat(fixture.process()).isInstanceOf(PartitionResult.Processed.class);
        assertThat(fixture.s3.log().count("HeadObject")).isEqualTo(1);
        assertThat(fixture.s3.text("lake", TO + "part-0.txt")).hasValue("ours");
    }

    @Test
    void failureOfThePartitionIsReportedInTheProcessorsWords() throws IOException {
        fixture.raw("a.txt", "abc");
        fixture.own(partition -> {
            throw new PartitionFailedException("BadWeather", "line 1\nis wet");
        });

        assertFailed(fixture.process(), "BadWeather", "line 1 is wet");
    }

    @Test
    void processorsWordsAreNotToldWhereSamplesAreOff() throws IOException {
        fixture.samples = RowSamples.HIDDEN;
        fixture.raw("a.txt", "abc");
        fixture.own(partition -> {
            throw new PartitionFailedException("BadWeather", "abc is wet");
        });

        assertFailed(fixture.process(), "BadWeather", "not shown, as the stack's parameter SampleRows is false");
    }

    @Test
    void causesWordsAreNotToldWhereSamplesAreOff() throws IOException {
        fixture.samples = RowSamples.HIDDEN;
        fixture.raw("a.txt", "abc");
        fixture.own(partition -> {
            throw new CompletionException(null, new IllegalStateException("abc is wet"));
        });

        PartitionResult result = fixture.process();

        assertFailed(result, "CompletionException", "IllegalStateException: not shown, as the stack's parameter");
        assertThat(result.toString()).doesNotContain("wet");
    }

    @Test
    void processorsExceptionsAreLoggedWithoutTheirWords() throws IOException {
        fixture.raw("a.txt", "abc");
        PrintStream out = System.out;
        ByteArrayOutputStream logged = new ByteArrayOutputStream();
        System.setOut(new PrintStream(logged, true, StandardCharsets.UTF_8));
        fixture.processors.clear();
        fixture.own(partition -> {
            throw new IllegalStateException("abc", new NumberFormatException("For input string: abc"));
        });
        PartitionResult result = fixture.process();
        System.setOut(out);

        assertFailed(result, "IllegalStateException", "abc");
        assertThat(logged.toString(StandardCharsets.UTF_8))
                .contains("IllegalStateException", "NumberFormatException", "CustomWorkTest")
                .doesNotContain("abc");
    }

    @Test
    @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
    void failureThatIsItsOwnCauseIsThatOfThePartition() throws IOException {
        fixture.raw("a.txt", "abc");
        fixture.own(partition -> {
            IllegalStateException outer = new IllegalStateException("outer");
            outer.initCause(new IllegalArgumentException("inner", outer));
            throw outer;
        });

        assertFailed(fixture.process(), "IllegalStateException", "outer");
    }

    @Test
    void failureWithTooManyCausesIsThatOfThePartition() throws IOException {
        fixture.raw("a.txt", "abc");
        fixture.own(partition -> {
            IllegalStateException cause = new IllegalStateException("the first");
            for (int i = 0; i < 100_000; i++) {
                cause = new IllegalStateException("the last", cause);
            }
            throw cause;
        });

        assertFailed(fixture.process(), "IllegalStateException", "the last");
    }

    @Test
    void failureWhoseMessageFailsIsThatOfThePartition() throws IOException {
        fixture.raw("a.txt", "abc");
        fixture.own(partition -> {
            throw new IllegalStateException(new UnsupportedOperationException("no words")) {
                @Override
                public String getMessage() {
                    throw new ArithmeticException("of the message");
                }
            };
        });

        assertFailed(fixture.process(), "IllegalStateException", "UnsupportedOperationException: no words");
    }

    @Test
    void interruptOfItsThreadEndsWithTheProcessorsWork() throws IOException {
        fixture.raw("a.txt", "abc");
        fixture.own(partition -> {
            partition
                    .target()
                    .put("part-0.txt", Files.writeString(partition.scratch().resolve("x"), "ours"));
            Thread.currentThread().interrupt();
            return PartitionOutcome.ofRows(1);
        });

        PartitionResult result = fixture.process();

        assertThat(Thread.interrupted()).as("left to whatever runs next").isFalse();
        assertThat(result).isInstanceOf(PartitionResult.Processed.class);
    }

    @Test
    void interruptOfItsThreadDoesNotHideTheProcessorsFailure() throws IOException {
        fixture.raw("a.txt", "abc");
        fixture.own(partition -> {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a pool");
        });

        PartitionResult result = fixture.process();

        assertThat(Thread.interrupted()).as("left to whatever runs next").isFalse();
        assertFailed(result, "IllegalStateException", "interrupted while waiting for a pool");
    }

    @Test
    void objectThatIsReplacedMeanwhileFailsThePartition() throws IOException {
        fixture.raw("a.txt", "abc");
        fixture.own(partition -> {
            fixture.raw("a.txt", "other");
            try (InputStream in = partition.source().getFirst().open()) {
                return PartitionOutcome.ofRows(in.read());
            }
        });

        assertFailed(fixture.process(), "Replaced", "s3://landing/raw/2013 02/a.txt was replaced while being read");
    }

    @Test
    void processorThatWritesNothingHasFailed() throws IOException {
        fixture.raw("a.txt", "abc");
        fixture.own(partition -> PartitionOutcome.ofRows(1));

        assertFailed(fixture.process(), "NothingWritten", "the processor 'mine' wrote no data into " + TO);
    }

    /** Beside a number of rows that was counted without it, readers would have it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void objectsThatTheProcessorDidNotPutAreNotRegistered(boolean areOwn) throws IOException {
        fixture.raw("a.txt", "abc");
        if (areOwn) {
            fixture.s3.put("lake", TO + "old.txt", "old", "fanin-table", "analytics.flights");
        } else {
            fixture.s3.put("lake", TO + "old.txt", "theirs");
        }
        fixture.own(partition -> {
            partition
                    .target()
                    .put("new.txt", Files.writeString(partition.scratch().resolve("x"), "ours"));
            return PartitionOutcome.ofRows(1);
        });

        assertFailed(fixture.process(), "ForeignObjects", TO + "old.txt lies beside what the processor has made");
    }

    @Test
    void earlierObjectsAreNothingThatTheProcessorWrote() throws IOException {
        fixture.raw("a.txt", "abc");
        fixture.s3.put("lake", TO + "part-0.txt", "old", "fanin-table", "analytics.flights");
        fixture.own(partition -> PartitionOutcome.ofRows(0));

        assertFailed(fixture.process(), "NothingWritten", "the processor 'mine' wrote no data into " + TO);
    }

    @Test
    void folderMarkersAreNoneOfTheProcessorsObjects() throws IOException {
        fixture.raw("a.txt", "abc");
        fixture.s3.put("lake", TO, "");
        fixture.s3.put("lake", TO + "part/", "");
        fixture.own(partition -> {
            assertThat(partition.target().list()).isEmpty();
            throw new PartitionFailedException("Seen", "nothing");
        });

        assertFailed(fixture.process(), "Seen", "nothing");
    }

    @Test
    void objectThatIsReplacedIsToldWhereTheProcessorWrapsThat() throws IOException {
        fixture.raw("a.txt", "abc");
        fixture.own(partition -> {
            fixture.raw("a.txt", "other");
            try (InputStream in = partition.source().getFirst().open()) {
                return PartitionOutcome.ofRows(in.read());
            } catch (RuntimeException e) {
                throw new CompletionException(e);
            }
        });

        assertFailed(fixture.process(), "Replaced", "a.txt was replaced while being read");
    }

    /** A failure of S3, which another attempt may not meet. */
    @Test
    void failureOfS3IsRetriedWhereTheProcessorWrapsIt() throws IOException {
        fixture.raw("a.txt", "abc");
        fixture.own(partition -> {
            throw new IllegalStateException(SdkClientException.create("reset"));
        });

        assertThat(fixture.process()).isInstanceOfSatisfying(PartitionResult.Failed.class, failed -> {
            assertThat(failed.failure().error()).isEqualTo("SdkClientException");
            assertThat(failed.failure().external()).isTrue();
        });
    }

    /** These say that the data is broken, and not that it could not be read. */
    @ParameterizedTest
    @ValueSource(
            classes = {ZipException.class, EOFException.class, MalformedInputException.class, JsonParseException.class})
    void brokenDataCountsAsAnAttempt(Class<? extends IOException> kind) throws IOException {
        fixture.raw("a.txt", "abc");
        fixture.own(partition -> {
            throw switch (kind.getSimpleName()) {
                case "ZipException" -> new ZipException("abc");
                case "EOFException" -> new EOFException("abc");
                case "MalformedInputException" -> new MalformedInputException(1);
                default -> new JsonParseException(null, "abc");
            };
        });

        assertThat(fixture.process()).isInstanceOfSatisfying(PartitionResult.Failed.class, failed -> {
            assertThat(failed.failure().error()).isEqualTo(kind.getSimpleName());
            assertThat(failed.failure().external()).isFalse();
        });
    }

    @ParameterizedTest
    @CsvSource({"fanin.run, x", "numRows, 7"})
    void parametersThatTheSystemSetsAreRefused(String name, String value) throws IOException {
        fixture.raw("a.txt", "abc");
        fixture.own(partition -> new PartitionOutcome(OptionalLong.empty(), Map.of(name, value)));

        assertFailed(fixture.process(), "IllegalArgumentException", "the parameter '" + name + "' is the system's");
    }

    /** Table-creator has those of all partitions of a pass in memory. */
    @Test
    void parametersHaveABound() throws IOException {
        fixture.raw("a.txt", "abc");
        fixture.own(partition -> new PartitionOutcome(OptionalLong.empty(), Map.of("list", "x".repeat(16_381))));

        assertFailed(
                fixture.process(),
                "IllegalArgumentException",
                "expected parameters of at most 16384 characters in all, found 16385");
    }

    @Test
    void processorIsNotAskedForAPartitionWithoutRawData() throws IOException {
        fixture.own(partition -> {
            throw new IllegalStateException("asked");
        });

        assertThat(fixture.process())
                .isInstanceOfSatisfying(
                        PartitionResult.Skipped.class,
                        skipped ->
                                assertThat(skipped.why()).contains("s3://landing/raw/2013 02/ holds no data objects"));
        fixture.raw("_SUCCESS", "");
        assertFailed(fixture.process(), "NoObjects", "s3://landing/raw/2013 02/ holds no data objects");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a", "../a", "a/../../b", "a//b", "a/", ".", ".."})
    void namesLeadToNowhereElse(String name) throws IOException {
        fixture.raw("a.txt", "abc");
        fixture.own(partition -> {
            assertThatThrownBy(() -> partition.target().delete(name))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is not the name of an object in the partition's folder");
            throw new PartitionFailedException("Refused", "as it should be");
        });

        assertFailed(fixture.process(), "Refused", "as it should be");
    }
}
