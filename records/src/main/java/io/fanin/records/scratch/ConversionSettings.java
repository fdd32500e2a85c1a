package io.fanin.records.scratch;

import io.fanin.model.failure.FailureCode;
import io.fanin.records.samples.RowSamples;
import java.nio.file.Path;

/**
 * The resources of a function for converting.
 *
 * @param temporary the folder in which scratch folders are made
 * @param scratchBytes that may be used there at a time
 * @param memoryBytes for DuckDB while rows are passed, outside the JVM's memory
 * @param threads for DuckDB
 * @param readers objects that are read at a time
 * @param chunkBytes of valid records that are passed from reading to converting at a time
 * @param samples whether messages may quote records
 */
public record ConversionSettings(
        Path temporary,
        long scratchBytes,
        long memoryBytes,
        int threads,
        int readers,
        long chunkBytes,
        RowSamples samples) {

    private static final long MEBIBYTE = 1 << 20;
    private static final long CHUNK_BYTES = MEBIBYTE;
    private static final long MIN_SCRATCH = 128 * MEBIBYTE;

    /** DuckDB's share of the function's memory: the rest is the JVM's heap, classes and buffers. */
    private static final double DUCKDB_SHARE = 0.45;

    /** The share of the free disk: other code may write there too. */
    private static final double SCRATCH_SHARE = 0.9;

    private static final long COPIES_OF_A_ROW_GROUP = 6;
    private static final long MIN_ROW_GROUP = 8 * MEBIBYTE;
    private static final long MAX_ROW_GROUP = 128 * MEBIBYTE;

    private static final int READERS_BESIDE_THREADS = 4;
    private static final int WAITING_CHUNKS = 4;

    /** Files on the disk at a time: one being written, two being or waiting to be uploaded. */
    private static final int FILES = 3;

    public ConversionSettings {
        if (scratchBytes < MIN_SCRATCH) {
            throw new ConversionException(
                    FailureCode.NO_SPACE,
                    "converting needs %d bytes or more in %s, found %d: raise the stack's parameter ProcessorStorage"
                            .formatted(MIN_SCRATCH, temporary, scratchBytes));
        }
    }

    /** These resources; messages may quote records. */
    public ConversionSettings(
            Path temporary, long scratchBytes, long memoryBytes, int threads, int readers, long chunkBytes) {
        this(temporary, scratchBytes, memoryBytes, threads, readers, chunkBytes, RowSamples.SHOWN);
    }

    /** These settings with another permission to quote records. */
    public ConversionSettings with(RowSamples own) {
        return new ConversionSettings(temporary, scratchBytes, memoryBytes, threads, readers, chunkBytes, own);
    }

    /** These settings with more disk space. */
    public ConversionSettings withMoreDisk(long bytes) {
        return withDisk(scratchBytes + bytes);
    }

    /** The resources of a function of this size. */
    public static ConversionSettings of(Path temporary, long freeBytes, long functionMemoryBytes, int processors) {
        return new ConversionSettings(
                temporary,
                (long) (SCRATCH_SHARE * freeBytes),
                (long) (DUCKDB_SHARE * functionMemoryBytes),
                processors,
                processors + READERS_BESIDE_THREADS,
                CHUNK_BYTES);
    }

    /**
     * The bytes of a row group before compression: the size preferred by Athena and Trino, if the memory allows. DuckDB
     * gathers a row group in each thread, and holds several copies while writing. All gathered rows still fit into a
     * file that has reached its size, however well they compress.
     *
     * @param gathering threads that gather row groups at a time
     */
    public long rowGroupBytes(int gathering) {
        long most = Math.min(memoryBytes / COPIES_OF_A_ROW_GROUP, fileBytes()) / gathering;
        return Math.clamp(most, MIN_ROW_GROUP, MAX_ROW_GROUP);
    }

    /** These settings with half of the disk, for callers that share it. */
    public ConversionSettings withHalfTheDisk() {
        return withDisk(Math.max(MIN_SCRATCH, scratchBytes / 2));
    }

    private ConversionSettings withDisk(long bytes) {
        return new ConversionSettings(temporary, bytes, memoryBytes, threads, readers, chunkBytes, samples);
    }

    /**
     * The maximum bytes of rows that a query reads: half of the disk is for converting text to Parquet and then for the
     * result, an eighth for DuckDB.
     */
    public long forRows() {
        return scratchBytes / 8 * 3;
    }

    /** The maximum bytes of a file: one is written while two are uploaded or wait for it. */
    public long fileBytes() {
        return (scratchBytes - duckDb() - badRecords()) / FILES;
    }

    /** The maximum number of chunks: each reader has one, each thread of DuckDB two, and some wait. */
    public int chunks() {
        return readers + 2 * threads + WAITING_CHUNKS;
    }

    /** Bytes of files that DuckDB may write while it converts. */
    long duckDb() {
        return scratchBytes / 8;
    }

    /** The maximum bytes of bad records that are kept. */
    public long badRecords() {
        return scratchBytes / 16;
    }
}
