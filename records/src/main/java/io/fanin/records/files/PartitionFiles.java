package io.fanin.records.files;

import io.fanin.model.failure.FailureCode;
import io.fanin.records.duckdb.DuckDb;
import io.fanin.records.raw.Conversion;
import io.fanin.records.scratch.ConversionException;
import io.fanin.records.scratch.ConversionSettings;
import io.fanin.records.scratch.Deadline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the chunks of one partition into Parquet files, one after the other. */
final class PartitionFiles {

    private static final long MEGABYTE = 1_000_000;

    /** Rows of the row groups that DuckDB writes by default: smaller ones repeat more dictionaries than they save. */
    private static final long ROWS_OF_A_GROUP = 122_880;

    private final Path folder;
    private final Conversion conversion;
    private final DuckDb database;
    private final Chunks chunks;
    private final Deadline deadline;
    private final int threads;
    private final long rowGroupBytes;
    private final FileSize size;
    private long rows;
    private int files;

    /** @param fileMegabytes approximate size of a file, limited by the disk */
    PartitionFiles(
            Path folder,
            Conversion conversion,
            DuckDb database,
            Chunks chunks,
            Deadline deadline,
            int fileMegabytes,
            ConversionSettings settings) {
        this.folder = folder;
        this.conversion = conversion;
        this.database = database;
        this.chunks = chunks;
        this.deadline = deadline;
        this.threads = gathering(conversion, settings);
        this.rowGroupBytes = settings.rowGroupBytes(threads);
        this.size = new FileSize(Math.min(fileMegabytes * MEGABYTE, settings.fileBytes()), rowGroupBytes, threads);
    }

    /**
     * The number of threads that gather row groups. One, if DuckDB parses nested values, which take much more memory
     * than their texts: no other thread can then take memory that was just found free. Also one for wide rows, of which
     * a single thread gathers larger groups.
     */
    private static int gathering(Conversion conversion, ConversionSettings settings) {
        boolean isWide = conversion.rowWidth() * ROWS_OF_A_GROUP > settings.rowGroupBytes(settings.threads());
        return conversion.isNested() || isWide ? 1 : settings.threads();
    }

    /** Rows written so far. */
    long rows() {
        return rows;
    }

    /** Files written so far. */
    int files() {
        return files;
    }

    /** Writes all chunks, and passes each file on. */
    void write(ParquetFiles to) throws IOException {
        try {
            while (chunks.hasNext()) {
                Path file = folder.resolve("part-" + files + ".parquet");
                FileRows source = new FileRows(chunks, file, size, threads, to.begin(file));
                long count = database.execute(conversion.statement(file, rowGroupBytes), deadline.left(), source);
                requireEqual(source.rows(), count);
                size.ended(source.bytes(), Files.size(file));
                rows += count;
                files++;
                to.accept(file, count);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        requireEqual(chunks.records(), rows);
    }

    private static void requireEqual(long records, long rows) {
        if (records != rows) {
            throw new ConversionException(
                    FailureCode.ROW_COUNT_MISMATCH,
                    "%d sound records were read and %d rows were written: this is a defect of the processor, nothing was"
                                    .formatted(records, rows)
                            + " published");
        }
    }
}
