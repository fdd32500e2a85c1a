package io.fanin.records.objects;

import io.fanin.core.parallel.Workers;
import io.fanin.core.s3.BlockInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;

/** A stream that another thread reads some buffers ahead, so that decompressing and parsing run in parallel. */
public final class ReadAhead extends BlockInputStream {

    private static final int BUFFERS = 4;
    private static final int SIZE = 1 << 18;

    private final InputStream in;
    private final BlockingQueue<Buffer> empty = new LinkedBlockingQueue<>();
    private final BlockingQueue<Buffer> full = new LinkedBlockingQueue<>();
    private final FutureTask<Void> reading = new FutureTask<>(this::readAll, null);
    private volatile boolean closed;
    private Buffer current = new Buffer(new byte[0]);
    private int at;

    private ReadAhead(InputStream in) {
        this.in = in;
        for (int i = 0; i < BUFFERS; i++) {
            empty.add(new Buffer(new byte[SIZE]));
        }
    }

    /**
     * Starts reading.
     *
     * @param in is closed with this stream, or immediately if it cannot be read
     * @param threads one of which reads
     * @throws RejectedExecutionException when no thread is available
     */
    public static ReadAhead of(InputStream in, ExecutorService threads) throws IOException {
        ReadAhead ahead = new ReadAhead(in);
        try {
            threads.execute(ahead.reading);
        } catch (RejectedExecutionException e) {
            in.close();
            throw e;
        }
        return ahead;
    }

    /** A filled buffer; empty at the end. */
    private static final class Buffer {

        private final byte[] bytes;
        private int length;
        private Optional<Throwable> failure = Optional.empty();

        Buffer(byte[] bytes) {
            this.bytes = bytes;
        }
    }

    private void readAll() {
        Buffer buffer = new Buffer(new byte[0]);
        try {
            do {
                buffer = empty.take();
                buffer.length = closed ? 0 : in.readNBytes(buffer.bytes, 0, SIZE);
                full.add(buffer);
            } while (buffer.length > 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(new InterruptedIOException("interrupted while reading ahead"));
        } catch (Throwable e) {
            fail(e);
        }
    }

    private void fail(Throwable failure) {
        Buffer last = new Buffer(new byte[0]);
        last.failure = Optional.of(failure);
        full.add(last);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (at == current.length && !next()) {
            return -1;
        }
        int count = Math.min(length, current.length - at);
        System.arraycopy(current.bytes, at, bytes, offset, count);
        at += count;
        return count;
    }

    /** Moves to the next buffer; false if it is empty. */
    private boolean next() throws IOException {
        if (at > 0) {
            empty.add(current);
        }
        try {
            current = full.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for what is read ahead");
        }
        at = 0;
        if (current.length == 0) {
            // The end stays the end.
            full.add(current);
        }
        if (current.failure.isPresent()) {
            switch (current.failure.get()) {
                case Error error -> throw error;
                case RuntimeException unchecked -> throw unchecked;
                case IOException e -> throw e;
                case Throwable other -> throw new IllegalStateException(other);
            }
        }
        return current.length > 0;
    }

    /** Waits until the other thread has stopped reading. */
    @Override
    public void close() throws IOException {
        closed = true;
        empty.add(new Buffer(new byte[0]));
        try {
            Workers.await(reading);
        } finally {
            in.close();
        }
    }
}
