package io.fanin.records.duckdb;

import io.fanin.records.samples.RowSamples;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The resources of a database.
 *
 * @param folder the only folder whose files it may read and write
 * @param rowsBytes memory in use, in bytes, above which it gets no more rows; less than {@code memoryBytes}
 * @param memoryBytes memory for its buffers; it spills to the folder beyond that, as far as it can
 * @param threads the number of threads for a statement, 1 or more
 * @param temporaryBytes the size of files that it may spill during a statement
 * @param samples whether messages of failures may quote rows
 */
public record DuckDbSettings(
        Path folder, long rowsBytes, long memoryBytes, int threads, long temporaryBytes, RowSamples samples) {

    private static final long MIN_MEMORY = 128L << 20;

    public DuckDbSettings {
        Objects.requireNonNull(folder, "folder");
        if (rowsBytes < MIN_MEMORY || memoryBytes < rowsBytes) {
            throw new IllegalArgumentException(
                    "DuckDB needs at least %d bytes of memory, found %d: raise the stack's parameter ProcessorMemory"
                            .formatted(MIN_MEMORY, Math.min(rowsBytes, memoryBytes)));
        }
        if (threads < 1 || temporaryBytes < 0) {
            throw new IllegalArgumentException(
                    "expected 1 thread or more and no negative size, found " + threads + " and " + temporaryBytes);
        }
    }

    /** These settings with another limit for spilled files. */
    public DuckDbSettings withTemporaryBytes(long bytes) {
        return new DuckDbSettings(folder, rowsBytes, memoryBytes, threads, bytes, samples);
    }
}
