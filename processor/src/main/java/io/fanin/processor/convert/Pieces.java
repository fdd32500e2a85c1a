package io.fanin.processor.convert;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The pieces of one partition, on their way from the workers that read to the one that converts. Thread-safe. */
final class Pieces {

    private static final long LOOK_MILLIS = 100;

    private final Path folder;
    private final ScratchBudget budget;
    private final long pieceBytes;
    private final Runnable check;
    private final BlockingQueue<Piece> full = new LinkedBlockingQueue<>();
    private final AtomicLong files = new AtomicLong();
    private final AtomicLong records = new AtomicLong();

    /**
     * None yet.
     *
     * @param pieceBytes after which a piece is full
     * @param check throws when the work is to be given up; called for every mebibyte or so
     */
    Pieces(Path folder, ScratchBudget budget, long pieceBytes, Runnable check) {
        this.folder = folder;
        this.budget = budget;
        this.pieceBytes = pieceBytes;
        this.check = check;
    }

    long pieceBytes() {
        return pieceBytes;
    }

    void check() {
        check.run();
    }

    void counted() {
        records.incrementAndGet();
    }

    /** Sound records until now. */
    long records() {
        return records.get();
    }

    /** A file for another piece, once there is room for it. */
    Path newFile() throws IOException {
        try {
            if (!budget.take(pieceBytes)) {
                throw new InterruptedIOException("the conversion was given up");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for room in the scratch folder");
        }
        return folder.resolve("piece-" + files.getAndIncrement() + ".json");
    }

    void full(Piece piece) {
        full.add(piece);
    }

    /**
     * The next piece; empty when there is none.
     *
     * @param atOnce else it is waited for, for a moment
     */
    Optional<Piece> poll(boolean atOnce) throws InterruptedIOException {
        try {
            return Optional.ofNullable(full.poll(atOnce ? 0 : LOOK_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for records");
        }
    }

    void delete(Piece piece) throws IOException {
        Files.delete(piece.file());
        budget.giveBack(piece.reserved());
    }
}
