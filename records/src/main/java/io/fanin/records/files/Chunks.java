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
 * The sound records of one partition, in chunks, on their way from those who read to DuckDB. There is a fixed number of
 * chunks, which go round: who reads faster than DuckDB writes waits for one. Thread-safe.
 */
public final class Chunks {

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
    private Optional<Throwable> failure = Optional.empty();

    /**
     * None yet.
     *
     * @param most that there are at a time
     * @param chunkBytes after which one is full
     * @param check throws when the work is to be given up; called for every chunk
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

    /** Throws when the work is to be given up. */
    void check() {
        check.run();
    }

    /** Sound records that were handed on until now. */
    synchronized long records() {
        return records;
    }

    /** A chunk without rows, once there is one. */
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

    /** The chunk is used no longer. */
    void giveBack(Chunk chunk) {
        chunk.clear();
        synchronized (this) {
            empty.add(chunk);
            notifyAll();
        }
    }

    /** All has been read: there will be no further records. */
    synchronized void complete() {
        complete = true;
        notifyAll();
    }

    /** There will be no further records, and those that there are mean nothing; the first failure is the one that counts. */
    synchronized void fail(Throwable why) {
        failure = failure.or(() -> Optional.of(why));
        notifyAll();
    }

    /**
     * The next chunk, once it is there; empty after the last one.
     *
     * @throws RuntimeException the failure of those who read, an {@link IOException} as {@link UncheckedIOException}
     */
    synchronized Optional<Chunk> next() {
        awaitKnown();
        return Optional.ofNullable(full.poll());
    }

    /** Whether there are further chunks; waits until that is known. Only who asks may take one meanwhile. */
    synchronized boolean hasNext() {
        awaitKnown();
        return !full.isEmpty();
    }

    /** Waits for a chunk, or for the end. */
    private void awaitKnown() {
        check();
        try {
            awaitUntil(() -> !full.isEmpty() || complete || failure.isPresent());
        } catch (InterruptedIOException e) {
            throw new UncheckedIOException(e);
        }
        if (failure.isPresent()) {
            throw switch (failure.get()) {
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
