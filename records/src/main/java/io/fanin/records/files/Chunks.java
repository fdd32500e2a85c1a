package io.fanin.records.files;

import io.fanin.records.duckdb.Chunk;
import io.fanin.records.duckdb.VectorType;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.BooleanSupplier;

/**
 * The valid records of one partition, in chunks, passed from the readers to DuckDB. The number of chunks is fixed and
 * they are reused: readers wait when DuckDB is slower. Thread-safe.
 */
final class Chunks {

    private static final long LOOK_MILLIS = 100;

    private final List<VectorType> types;
    private final int most;
    private final long chunkBytes;
    private final Runnable check;
    private final Queue<Chunk> empty = new ArrayDeque<>();
    private final Queue<Chunk> full = new ArrayDeque<>();
    private int made;
    private long records;
    private boolean complete;
    private Throwable failure;

    /**
     * Starts without records.
     *
     * @param most chunks at a time
     * @param chunkBytes after which one is full
     * @param check throws when the conversion has to stop; called for every chunk
     */
    Chunks(List<VectorType> types, int most, long chunkBytes, Runnable check) {
        this.types = types;
        this.most = most;
        this.chunkBytes = chunkBytes;
        this.check = check;
    }

    List<VectorType> types() {
        return types;
    }

    /** Throws when the conversion has to stop. */
    void check() {
        check.run();
    }

    /** Valid records passed on so far. */
    synchronized long records() {
        return records;
    }

    /** Waits for a chunk without rows. */
    Chunk empty() throws InterruptedIOException {
        check();
        synchronized (this) {
            awaitUntil(() -> !empty.isEmpty() || made < most);
            if (!empty.isEmpty()) {
                return empty.remove();
            }
            made++;
        }
        return new Chunk(types, chunkBytes);
    }

    synchronized void full(Chunk chunk) {
        records += chunk.row();
        full.add(chunk);
        notifyAll();
    }

    /** Returns a chunk for reuse. */
    void recycle(Chunk chunk) {
        chunk.clear();
        synchronized (this) {
            empty.add(chunk);
            notifyAll();
        }
    }

    /** Ends the records: everything has been read. */
    synchronized void complete() {
        complete = true;
        notifyAll();
    }

    /** Ends the records with a failure, of which the first one counts. */
    synchronized void fail(Throwable why) {
        failure = failure == null ? why : failure;
        notifyAll();
    }

    /**
     * Waits for the next chunk; empty after the last one. Throws the failure of a reader, an {@link IOException}
     * unchecked.
     */
    synchronized Optional<Chunk> next() {
        awaitKnown();
        return Optional.ofNullable(full.poll());
    }

    /** Waits until it is known whether there are more chunks. Only the calling thread may take chunks meanwhile. */
    synchronized boolean hasNext() {
        awaitKnown();
        return !full.isEmpty();
    }

    /** Waits for a chunk, or for the end. */
    private void awaitKnown() {
        check();
        try {
            awaitUntil(() -> !full.isEmpty() || complete || failure != null);
        } catch (InterruptedIOException e) {
            throw new UncheckedIOException(e);
        }
        if (failure != null) {
            throw switch (failure) {
                case Error error -> throw error;
                case RuntimeException unchecked -> unchecked;
                case IOException e -> new UncheckedIOException(e);
                case Throwable other -> new IllegalStateException(other);
            };
        }
    }

    private synchronized void awaitUntil(BooleanSupplier met) throws InterruptedIOException {
        try {
            while (!met.getAsBoolean()) {
                wait(LOOK_MILLIS);
                check();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for others");
        }
    }
}
