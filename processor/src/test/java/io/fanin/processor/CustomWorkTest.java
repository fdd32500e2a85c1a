package io.fanin.processor;

import static io.fanin.processor.CustomWorkFixture.TO;
import static io.fanin.processor.CustomWorkFixture.assertFailed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.model.run.PartitionResult;
import io.fanin.processor.api.PartitionFailedException;
import io.fanin.processor.api.PartitionOutcome;
import io.fanin.processor.api.TableColumn;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Partitions made by a custom processor. */
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

    /** The invocation goes on after its execution was stopped, and another one has read the raw data since. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void objectThatWasWrittenSinceTheBeginningIsReplacedOnlyByANewAttempt(boolean isThereBefore) throws IOException {
        fixture.raw("a.txt", "abc");
        if (isThereBefore) {
            fixture.s3.put("lake", TO + "part-0.txt", "old", "fanin-table", "analytics.flights");
        }
        List<Optional<String>> after = new ArrayList<>();
        fixture.own(partition -> {
            if (after.isEmpty()) {
                fixture.s3.put("lake", TO + "part-0.txt", "newer", "fanin-table", "analytics.flights");
            }
            Path file = Files.writeString(partition.scratch().resolve("x"), "ours");
            try {
                partition.target().put("part-0.txt", file);
            } finally {
                after.add(fixture.s3.text("lake", TO + "part-0.txt"));
            }
            return PartitionOutcome.ofRows(1);
        });

        assertThat(fixture.process()).isInstanceOf(PartitionResult.Processed.class);

        assertThat(after).containsExactly(Optional.of("newer"), Optional.of("ours"));
    }

    /** Otherwise the object would be registered with those of the processor. */
    @ParameterizedTest
    @ValueSource(strings = {"analytics.flights", "analytics.copy"})
    void objectThatHasAppearedSinceTheBeginningIsNotLeftInSilence(String writer) throws IOException {
        fixture.raw("a.txt", "abc");
        List<List<String>> lists = new ArrayList<>();
        fixture.own(partition -> {
            if (lists.isEmpty()) {
                fixture.s3.put("lake", TO + "part-9.txt", "late", "fanin-table", writer);
            }
            partition
                    .target()
                    .put("part-0.txt", Files.writeString(partition.scratch().resolve("x"), "ours"));
            lists.add(partition.target().list());
            partition.target().delete("part-9.txt");
            return PartitionOutcome.ofRows(1);
        });

        PartitionResult result = fixture.process();

        if (writer.equals("analytics.copy")) {
            assertFailed(result, "ForeignObjects", TO + "part-9.txt was not written by this table");
        } else {
            assertThat(result).isInstanceOf(PartitionResult.Processed.class);
            assertThat(lists).hasSize(2);
            assertThat(fixture.s3.keys("lake", TO)).containsExactly(TO + "part-0.txt");
        }
    }

    @Test
    void putWhoseAnswerIsLostIsDoneByTheNextAttempt() throws IOException {
        fixture.raw("a.txt", "abc");
        List<String> attempts = new ArrayList<>();
        fixture.own(partition -> {
            attempts.add("one");
            partition
                    .target()
                    .put("part-0.txt", Files.writeString(partition.scratch().resolve("x"), "ours"));
            return PartitionOutcome.ofRows(1);
        });
        fixture.s3.faults().on("PutObject").first(1).thenDropAfter();

        assertThat(fixture.process()).isInstanceOf(PartitionResult.Processed.class);
        assertThat(attempts).hasSize(2);
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
    void processorThatWritesNothingHasFailed() throws IOException {
        fixture.raw("a.txt", "abc");
        fixture.own(partition -> PartitionOutcome.ofRows(1));

        assertFailed(fixture.process(), "NothingWritten", "the processor 'mine' wrote no data into " + TO);
    }

    /** The processor writes there without using the target. */
    @Test
    void objectsThatWereNotPutAreRegisteredToo() throws IOException {
        fixture.raw("a.txt", "abc");
        fixture.s3.put("lake", TO + "old.txt", "old");
        fixture.own(partition -> {
            fixture.s3.put("lake", TO + "new.txt", "new");
            return PartitionOutcome.ofRows(2);
        });

        assertThat(fixture.process())
                .isInstanceOfSatisfying(
                        PartitionResult.Processed.class,
                        processed -> assertThat(processed.held().files()).isEqualTo(2));
    }

    @Test
    void earlierObjectsAreNothingThatTheProcessorWrote() throws IOException {
        fixture.raw("a.txt", "abc");
        fixture.s3.put("lake", TO + "part-0.txt", "old", "fanin-table", "analytics.flights");
        fixture.own(partition -> PartitionOutcome.ofRows(0));

        assertFailed(
                fixture.process(),
                "NothingWritten",
                "the processor 'mine' put no data into " + TO + ", and left what was there as it was");
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

    @ParameterizedTest
    @CsvSource({"fanin.run, x", "numRows, 7"})
    void parametersThatTheSystemSetsAreRefused(String name, String value) throws IOException {
        fixture.raw("a.txt", "abc");
        fixture.own(partition -> new PartitionOutcome(OptionalLong.empty(), Map.of(name, value)));

        assertFailed(fixture.process(), "IllegalArgumentException", "the parameter '" + name + "' is the system's");
    }

    /** Table-creator holds the parameters of all partitions of a pass in memory. */
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

    @Test
    void nameThatEnginesDoNotListIsNotWritten() throws IOException {
        fixture.raw("a.txt", "abc");
        fixture.own(partition -> {
            Path file = Files.writeString(partition.scratch().resolve("a"), "x");
            assertThatThrownBy(() -> partition.target().put("a\u0001", file))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'a?' is not the name of an object in the partition's folder");
            throw new PartitionFailedException("Refused", "as it should be");
        });

        assertFailed(fixture.process(), "Refused", "as it should be");
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
