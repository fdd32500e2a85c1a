package io.fanin.detector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

class DiskFullExceptionTest {

    private final IOException full = new IOException("/tmp/spool1/run2: No space left on device");

    @Test
    void fullDiskSaysWhatToDo() {
        RuntimeException failure = new UncheckedIOException("the spool of 40000 elements cannot be written", full);

        assertThat(DiskFullException.behind(failure))
                .hasValueSatisfying(failed -> assertThat(failed)
                        .hasMessageContainingAll(
                                System.getProperty("java.io.tmpdir"),
                                "the spool of 40000 elements cannot be written",
                                "in parts, with the mode range")
                        .hasCause(failure));
    }

    @Test
    void fullDiskIsSeenBehindTheSdksOwnException() {
        RuntimeException failure = SdkClientException.create("Unable to store", new UncheckedIOException(full));

        assertThat(DiskFullException.behind(failure)).isPresent();
    }

    @Test
    void otherFailuresAreNone() {
        assertThat(DiskFullException.behind(new UncheckedIOException(new IOException("Permission denied"))))
                .isEmpty();
        assertThat(DiskFullException.behind(new UncheckedIOException(new IOException())))
                .isEmpty();
        assertThat(DiskFullException.behind(new IllegalStateException("No space left on device")))
                .isEmpty();
    }
}
