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
 * @param settings what the function had when it was opened
 */
public record ScratchDatabase(ConversionSettings settings, Scratch scratch, DuckDb database) implements Closeable {

    /** Of the memory for rows: more than a step of its threads adds, so that it is not this limit that they meet. */
    private static final double LIMIT_FOR_ROWS = 2;

    /** A query uses what it gets. */
    private static final double LIMIT_FOR_QUERIES = 4 / 3.0;

    /** No rows come that would have to end before the limit is met. */
    private static final double LIMIT_FOR_QUESTIONS = 1;

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
    public static ScratchDatabase forQuestions(ConversionSettings settings) throws IOException {
        return open(settings, LIMIT_FOR_QUESTIONS);
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
     * This database with what the function has now, if it is one for rows with the limits that another one would get. A
     * disk that differs by less than a tenth, which is what conversions leave free of it, is the same.
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

    /** Whether anything lies in its folder, be it DuckDB's, or may, since the folder cannot be read. */
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

    /** Bytes of files that may lie in the folder, beside what DuckDB puts there. */
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
