package io.fanin.processor.convert;

import java.nio.file.Path;

/**
 * What a function has for converting.
 *
 * @param temporary the folder in which scratch folders are made
 * @param scratchBytes that may lie there at a time
 * @param memoryBytes for DuckDB, which is not the JVM's
 * @param threads for DuckDB
 * @param readers objects that are read at a time
 * @param pieceBytes of sound records that go into one file between reading and converting
 */
public record ConversionSettings(
        Path temporary, long scratchBytes, long memoryBytes, int threads, int readers, long pieceBytes) {

    private static final long MEBIBYTE = 1 << 20;
    private static final long PIECE_BYTES = 16 * MEBIBYTE;
    private static final long LEAST_SCRATCH = 128 * MEBIBYTE;

    /** Of the function's memory that is left to DuckDB: the JVM has its heap, its classes and its buffers in the rest. */
    private static final double DUCKDB_SHARE = 0.45;

    /** Of the free disk: somebody else may write there too. */
    private static final double SCRATCH_SHARE = 0.9;

    private static final long COPIES_OF_A_ROW_GROUP = 6;
    private static final long LEAST_ROW_GROUP = 8 * MEBIBYTE;
    private static final long MOST_ROW_GROUP = 128 * MEBIBYTE;

    private static final int READERS_BESIDE_THREADS = 4;

    public ConversionSettings {
        if (scratchBytes < LEAST_SCRATCH) {
            throw new ConversionException(
                    "NoSpace",
                    "converting needs %d bytes or more in %s, found %d: raise the stack's parameter ProcessorStorage"
                            .formatted(LEAST_SCRATCH, temporary, scratchBytes));
        }
    }

    /** What a function of this size has. */
    public static ConversionSettings of(Path temporary, long freeBytes, long functionMemoryBytes, int processors) {
        return new ConversionSettings(
                temporary,
                (long) (SCRATCH_SHARE * freeBytes),
                (long) (DUCKDB_SHARE * functionMemoryBytes),
                processors,
                processors + READERS_BESIDE_THREADS,
                PIECE_BYTES);
    }

    /**
     * Bytes of a row group before compression: what Athena and Trino like, as far as the memory allows. DuckDB gathers one
     * for each thread, and holds it several times over while it writes it.
     */
    long rowGroupBytes() {
        return Math.clamp(memoryBytes / (COPIES_OF_A_ROW_GROUP * threads), LEAST_ROW_GROUP, MOST_ROW_GROUP);
    }

    /** Bytes of sound records between reading and converting. */
    long pieces() {
        return scratchBytes / 2;
    }

    /** Bytes of files that DuckDB may write while it converts. */
    long duckDb() {
        return scratchBytes / 8;
    }

    /** Bytes of bad records that are kept. */
    long badRecords() {
        return scratchBytes / 16;
    }
}
