package io.fanin.detector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

class DiskFullExceptionTest {

    private final IOException full = new IOException("/tmp/spool1/run2: No space left on device");

    @Test
    void fullDiskSaysWhatToDo() {
        RuntimeException failure = new UncheckedIOException("the spool of 40000 elements cannot be written", full);

        assertThat(DiskFullException.insteadOf(failure))
                .isInstanceOf(DiskFullException.class)
                .hasMessageContainingAll(
                        System.getProperty("java.io.tmpdir"),
                        "the spool of 40000 elements cannot be written",
                        "in parts, with the mode range")
                .hasCause(failure);
    }

    @Test
    void fullDiskIsSeenBehindTheSdksOwnException() {
        RuntimeException failure = SdkClientException.create("Unable to store", new UncheckedIOException(full));

        assertThat(DiskFullException.insteadOf(failure)).isInstanceOf(DiskFullException.class);
    }

    @Test
    void otherFailuresAreNone() {
        assertThat(Stream.of(
                        new UncheckedIOException(new IOException("Permission denied")),
                        new UncheckedIOException(new IOException()),
                        new IllegalStateException("No space left on device")))
                .allSatisfy(failure ->
                        assertThat(DiskFullException.insteadOf(failure)).isSameAs(failure));
    }
}
