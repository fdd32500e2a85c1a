package io.fanin.processor;

import static io.fanin.processor.ProcessorFixture.LAKE;
import static io.fanin.processor.ProcessorFixture.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.catalog.CatalogUnavailableException;
import io.fanin.fakes.Call;
import io.fanin.fakes.Fault;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.run.Receipt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.SdkClientException;

/** A failure of one partition of a batch, of any kind, does not affect the results of the others. */
class IsolationTest {

    private final ProcessorFixture fixture = new ProcessorFixture();

    @Test
    void unsoundPartitionFailsAlone() {
        var batch = fixture.batch(4, 3);
        fixture.s3.put(LAKE, key(1), "{}\n{\"cut\":");

        assertThat(fixture.process(batch)).isEqualTo(new Receipt.Processed(4, 2, 1));

        assertThat(fixture.results(4)).extracting(PartitionResult::partition).isEqualTo(batch.partitions());
        assertThat(fixture.failed(4, 1).failure().message()).contains(key(1));
        assertThat(fixture.waits).as("the data is not asked again").isEmpty();
    }

    @ParameterizedTest(name = "of 4 partitions of 30 s each, {1} are processed within {0} s")
    @CsvSource({"131, 4", "129, 3", "101, 3", "99, 2", "41, 1"})
    void partitionForWhichTheTimeIsNotEnoughIsNotBegun(int seconds, int processed) {
        var batch = fixture.batch(4, 4);
        fixture.takes(Duration.ofSeconds(30));

        assertThat(fixture.process(batch, Duration.ofSeconds(seconds)))
                .isEqualTo(new Receipt.Processed(4, processed, 4 - processed));

        assertThat(fixture.result(4).millis()).hasValue(processed * 30_000L);
        assertThat(fixture.results(4).stream().skip(processed))
                .allSatisfy(result -> assertThat(result)
                        .isInstanceOfSatisfying(PartitionResult.Failed.class, failed -> {
                            assertThat(failed.failure().error()).isEqualTo("DeadlineExceeded");
                            assertThat(failed.failure().message()).contains("redrive", "ProcessorMemory");
                            assertThat(failed.failure().external())
                                    .as("no attempt of the partition")
                                    .isTrue();
                        }));
    }

    static Stream<Arguments> defects() {
        return Stream.of(
                Arguments.of(new IllegalStateException("odd"), "IllegalStateException", "odd"),
                Arguments.of(new NullPointerException(), "NullPointerException", "no message"),
                Arguments.of(new IllegalStateException("anonymous") {}, "IllegalStateException", "anonymous"),
                Arguments.of(new StackOverflowError(), "StackOverflowError", "no message"),
                Arguments.of(new OutOfMemoryError("Java heap space"), "OutOfMemoryError", "ProcessorMemory"),
                Arguments.of(new NoClassDefFoundError("a/B"), "NoClassDefFoundError", "a/B"),
                Arguments.of(new AssertionError("impossible"), "AssertionError", "impossible"),
                Arguments.of(
                        new ExceptionInInitializerError(new IllegalStateException("no file conf.json")),
                        "ExceptionInInitializerError",
                        "IllegalStateException: no file conf.json"),
                Arguments.of(
                        new CompletionException(null, new ExecutionException(null, new IllegalStateException("deep"))),
                        "CompletionException",
                        "IllegalStateException: deep"),
                Arguments.of(
                        new IllegalStateException(new InvocationTargetException(new IllegalArgumentException("wrong"))),
                        "IllegalStateException",
                        "IllegalArgumentException: wrong"),
                Arguments.of(
                        new InvocationTargetException(new IllegalArgumentException("wrong")),
                        "InvocationTargetException",
                        "IllegalArgumentException: wrong"),
                Arguments.of(
                        new CompletionException(null, new NullPointerException()), "CompletionException", "no message"),
                Arguments.of(new ClassNotFoundException("a.B"), "ClassNotFoundException", "a.B"));
    }

    @ParameterizedTest
    @MethodSource("defects")
    void partitionThatThrowsFailsAloneAndAtOnce(Throwable defect, String error, String message) {
        var batch = fixture.batch(0, 3);
        fixture.mine(1, defect);

        assertThat(fixture.process(batch)).isEqualTo(new Receipt.Processed(0, 2, 1));

        assertThat(fixture.failed(0, 1).failure().error()).isEqualTo(error);
        assertThat(fixture.failed(0, 1).failure().message()).contains(message, "log group");
        assertThat(fixture.waits).isEmpty();
    }

    @Test
    void partitionThatInterruptsItsThreadFailsAlone() {
        var batch = fixture.batch(0, 3);
        fixture.interruptAt(1);

        Receipt receipt = fixture.process(batch);

        assertThat(Thread.interrupted()).isFalse();
        assertThat(receipt).isEqualTo(new Receipt.Processed(0, 2, 1));
    }

    @Test
    void fullDiskIsNotRetriedAndSaysWhatToRaise() {
        var batch = fixture.batch(0, 3);
        fixture.mine(1, new UncheckedIOException(new IOException("/tmp/x: No space left on device")));

        assertThat(fixture.process(batch)).isEqualTo(new Receipt.Processed(0, 2, 1));

        assertThat(fixture.failed(0, 1).failure().error()).isEqualTo("NoSpace");
        assertThat(fixture.failed(0, 1).failure().message()).contains("No space left on device", "ProcessorStorage");
        assertThat(fixture.waits).isEmpty();
    }

    static Stream<Throwable> passing() {
        return Stream.of(
                SdkClientException.create("Unable to execute HTTP request"),
                new CatalogUnavailableException("Rate exceeded (after 5 attempts)"),
                new UncheckedIOException(new NoSuchFileException("/tmp/gone")),
                new UncheckedIOException(new IOException("Connection reset")));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void serviceThatNeverAnswersFailsItsPartitionAfterThreeAttempts(Throwable failure) {
        var batch = fixture.batch(0, 3);
        fixture.mine(1, failure);

        assertThat(fixture.process(batch)).isEqualTo(new Receipt.Processed(0, 2, 1));

        assertThat(fixture.waits).hasSize(2);
        assertThat(fixture.waits.get(1)).isGreaterThanOrEqualTo(fixture.waits.get(0));
        assertThat(fixture.failed(0, 1).failure().message()).contains("see the processor's log group");
        assertThat(fixture.failed(0, 1).failure().external()).isTrue();
    }

    @Test
    void brokenTransferIsRetriedForItsPartitionOnly() {
        var batch = fixture.batch(0, 3);
        fixture.s3
                .faults()
                .on("GetObject")
                .where(call -> call.target().endsWith(key(1)))
                .first(2)
                .thenTruncate();

        assertThat(fixture.process(batch)).isEqualTo(new Receipt.Processed(0, 3, 0));

        assertThat(fixture.waits).hasSize(2);
        assertThat(fixture.s3.log().calls("GetObject"))
                .extracting(Call::target)
                .filteredOn(target -> target.startsWith(LAKE))
                .containsExactly(
                        "lake/" + key(0), "lake/" + key(1), "lake/" + key(1), "lake/" + key(1), "lake/" + key(2));
    }

    @Test
    void throttlingThatOutlastsTheSdkIsWaitedOut() {
        var batch = fixture.batch(0, 2);
        fixture.s3.faults().on("ListObjectsV2").first(4).then(Fault.slowDown());

        assertThat(fixture.process(batch)).isEqualTo(new Receipt.Processed(0, 2, 0));
        assertThat(fixture.waits).hasSize(1);
    }

    @Test
    void bucketThatIsMissingFailsEveryPartitionAndIsNamed() {
        var batch = fixture.batch(0, 2);
        fixture.s3.faults().on("ListObjectsV2").then(new Fault.Fail(404, "NoSuchBucket", "no such bucket"));

        assertThat(fixture.process(batch)).isEqualTo(new Receipt.Processed(0, 0, 2));
        assertThat(fixture.failed(0, 0).failure().message()).contains("s3://lake/flights/hour=0/", "does not exist");
    }
}
