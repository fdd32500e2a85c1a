package io.fanin.records.scratch;

import io.fanin.records.duckdb.DuckDb;
import io.fanin.records.duckdb.DuckDbSettings;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A database with its own scratch folder, the only one that it can access.
 *
 * @param settings the function's resources when it was opened
 */
public record ScratchDatabase(ConversionSettings settings, Scratch scratch, DuckDb database) implements Closeable {

    /**
     * The database's memory limit as a multiple of the memory for rows: more than its threads add in one step, so that
     * rows stop before the limit is reached.
     */
    private static final double LIMIT_FOR_ROWS = 2;

    /** The limit for queries, which use all memory that they get. */
    private static final double LIMIT_FOR_QUERIES = 4 / 3.0;

    /** The limit where no rows are passed, which would have to stop before it is reached. */
    private static final double LIMIT_FOR_FILE_QUERIES = 1;

    private static final double DISK_TOLERANCE = 0.1;

    /** Opens one, with all the function's resources, for writing rows into files. */
    public static ScratchDatabase forRows(ConversionSettings settings) throws IOException {
        return open(settings, LIMIT_FOR_ROWS);
    }

    /** Opens one, with all the function's resources, that runs queries as well. */
    public static ScratchDatabase forQueries(ConversionSettings settings) throws IOException {
        return open(settings, LIMIT_FOR_QUERIES);
    }

    /** Opens one, with all the function's resources, that only queries one file at a time. */
    public static ScratchDatabase forFileQueries(ConversionSettings settings) throws IOException {
        return open(settings, LIMIT_FOR_FILE_QUERIES);
    }

    private static ScratchDatabase open(ConversionSettings settings, double limit) throws IOException {
        Scratch scratch = Scratch.in(settings.temporary());
        try {
            return new ScratchDatabase(settings, scratch, DuckDb.open(limits(settings, scratch, limit)));
        } catch (IOException | RuntimeException e) {
            scratch.close();
            throw e;
        }
    }

    private static DuckDbSettings limits(ConversionSettings settings, Scratch scratch, double limit) {
        return new DuckDbSettings(
                scratch.folder(),
                settings.memoryBytes(),
                (long) (limit * settings.memoryBytes()),
                settings.threads(),
                settings.duckDb(),
                settings.samples());
    }

    /**
     * This database with the function's current resources, if it is one for rows and a new one would have the same
     * limits. Differences in disk space of less than a tenth, as after conversions, do not count.
     */
    Optional<ScratchDatabase> forRowsWith(ConversionSettings now) {
        DuckDbSettings own = database.settings();
        long difference = Math.abs(now.duckDb() - own.temporaryBytes());
        boolean isSame = own.equals(limits(now, scratch, LIMIT_FOR_ROWS).withTemporaryBytes(own.temporaryBytes()))
                && difference < DISK_TOLERANCE * own.temporaryBytes()
                && settings.temporary().equals(now.temporary())
                && Files.isDirectory(folder());
        return isSame ? Optional.of(new ScratchDatabase(now, scratch, database)) : Optional.empty();
    }

    /** Whether its folder contains files, DuckDB's included, or cannot be read. */
    boolean mayHaveFiles() {
        try (Stream<Path> found = Files.walk(folder())) {
            return found.anyMatch(Files::isRegularFile);
        } catch (IOException | UncheckedIOException e) {
            return true;
        }
    }

    public Path folder() {
        return scratch.folder();
    }

    /** The bytes available in the folder for files other than DuckDB's. */
    public long room() {
        return settings.scratchBytes() - settings.duckDb();
    }

    @Override
    public void close() throws IOException {
        try {
            database.close();
        } finally {
            scratch.close();
        }
    }
}
