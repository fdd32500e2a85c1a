package io.fanin.processor;

import static io.fanin.processor.CustomWorkFixture.assertFailed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParseException;
import io.fanin.model.run.PartitionResult;
import io.fanin.processor.api.PartitionFailedException;
import io.fanin.processor.api.PartitionOutcome;
import io.fanin.records.samples.RowSamples;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.zip.ZipException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Failures of a custom processor, and their messages. */
class CustomFailuresTest {

    @AutoClose
    private final CustomWorkFixture fixture = new CustomWorkFixture();

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
                .contains("IllegalStateException", "NumberFormatException", "CustomFailuresTest")
                .doesNotContain("abc");
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
    @Timeout(value = 300, threadMode = ThreadMode.SEPARATE_THREAD)
    void failureThatIsItsOwnCauseIsThatOfThePartition() throws IOException {
        fixture.raw("a.txt", "abc");
        fixture.own(partition -> {
            IllegalStateException outer = new IllegalStateException("outer");
            outer.initCause(new IllegalArgumentException("inner", outer));
            throw outer;
        });

        assertFailed(fixture.process(), "IllegalStateException", "outer");
    }

    /** These exceptions mean that the data is broken, and not that a transfer failed. */
    @ParameterizedTest
    @ValueSource(
            classes = {ZipException.class, EOFException.class, MalformedInputException.class, JsonParseException.class})
    void brokenDataCountsAsAnAttempt(Class<? extends IOException> kind) throws IOException {
        fixture.raw("a.txt", "abc");
        fixture.own(partition -> {
            throw new UncheckedIOException(broken(kind));
        });
        PartitionResult streamed = fixture.process();
        fixture.processors.clear();
        fixture.own(partition -> {
            throw broken(kind);
        });

        for (PartitionResult result : List.of(streamed, fixture.process())) {
            assertThat(result).isInstanceOfSatisfying(PartitionResult.Failed.class, failed -> {
                assertThat(failed.failure().error()).isEqualTo(kind.getSimpleName());
                assertThat(failed.failure().external()).isFalse();
            });
        }
    }

    private static IOException broken(Class<? extends IOException> kind) {
        return switch (kind.getSimpleName()) {
            case "ZipException" -> new ZipException("abc");
            case "EOFException" -> new EOFException("abc");
            case "MalformedInputException" -> new MalformedInputException(1);
            default -> new JsonParseException(null, "abc");
        };
    }

    /** A failure of S3, after which another attempt may succeed. */
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
}
