package io.fanin.records.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.parallel.Workers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream that is read ahead has the same bytes, and fails where the stream below fails. */
class ReadAheadTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1 << 18, (1 << 18) + 1, 3_000_000})
    void bytesAreThoseOfTheStream(int length) throws IOException {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);

        try (ExecutorService threads = Workers.THREADS.open(1);
                ReadAhead in = ReadAhead.of(new ByteArrayInputStream(bytes), threads)) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
            assertThat(in.read()).as("after the end").isEqualTo(-1);
        }
    }

    @Test
    void failureIsThrownToTheReader() throws IOException {
        IOException failure = new IOException("broken");
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw failure;
            }

            @Override
            public int read(byte[] to, int offset, int count) throws IOException {
                throw failure;
            }
        };

        try (ExecutorService threads = Workers.THREADS.open(1);
                ReadAhead in = ReadAhead.of(
                        new SequenceInputStream(new ByteArrayInputStream(new byte[1 << 19]), broken), threads)) {
            assertThatThrownBy(in::readAllBytes).isSameAs(failure);
        }
    }

    @Test
    void streamBelowIsClosedWhenNobodyReadsAheadAnyMore() {
        AtomicBoolean closed = new AtomicBoolean();
        InputStream in = new ByteArrayInputStream(new byte[1]) {
            @Override
            public void close() {
                closed.set(true);
            }
        };
        ExecutorService ended = Workers.THREADS.open(1);
        ended.close();

        assertThatThrownBy(() -> ReadAhead.of(in, ended)).isInstanceOf(RejectedExecutionException.class);

        assertThat(closed).isTrue();
    }

    @Test
    void streamBelowIsClosedWhenItIsReadNoLonger() throws IOException {
        AtomicBoolean closed = new AtomicBoolean();
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 0;
            }

            @Override
            public int read(byte[] to, int offset, int count) {
                if (closed.get()) {
                    throw new IllegalStateException("read after it was closed");
                }
                return count;
            }

            @Override
            public void close() {
                closed.set(true);
            }
        };

        try (ExecutorService threads = Workers.THREADS.open(1)) {
            try (ReadAhead in = ReadAhead.of(endless, threads)) {
                assertThat(in.read()).isZero();
            }

            assertThat(closed).isTrue();
        }
    }
}
