package io.fanin.processor.parquet;

import io.fanin.processor.convert.ConversionSettings;
import io.fanin.processor.convert.Deadline;
import io.fanin.processor.convert.Scratch;
import io.fanin.processor.duckdb.DuckDb;
import io.fanin.processor.duckdb.DuckDbException;
import io.fanin.processor.duckdb.DuckDbRow;
import io.fanin.processor.duckdb.DuckDbSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A database with a scratch folder, opened when it is asked for first. One that has failed may not be fit for more: it is
 * closed, and the next question opens another.
 */
final class ScratchDatabase implements Questions, AutoCloseable {

    /** Of the scratch space, what DuckDB may put beside while it answers. */
    private static final int TEMPORARY_PART = 8;

    private final Supplier<ConversionSettings> settings;
    private final Deadline deadline;
    private final Supplier<String> progress;
    private Optional<Opened> open = Optional.empty();
    private long files;

    private record Opened(Scratch scratch, DuckDb database, ConversionSettings settings) {}

    /** @param progress what was reached when the function's time is over, for people */
    ScratchDatabase(Supplier<ConversionSettings> settings, Deadline deadline, Supplier<String> progress) {
        this.settings = settings;
        this.deadline = deadline;
        this.progress = progress;
    }

    /** A path in the scratch folder that no file has had. */
    Path file() throws IOException {
        files++;
        return open().scratch().folder().resolve("object-" + files + ".parquet");
    }

    /** Bytes of files that may lie in the scratch folder, beside what DuckDB puts there. */
    long room() throws IOException {
        long all = settings().scratchBytes();
        return all - all / TEMPORARY_PART;
    }

    /** The scratch folder. */
    Path folder() throws IOException {
        return open().scratch().folder();
    }

    /** For statements other than questions; it reads and writes the scratch folder alone. */
    DuckDb duckDb() throws IOException {
        return open().database();
    }

    /** What the function had left when it was opened. */
    ConversionSettings settings() throws IOException {
        return open().settings();
    }

    /**
     * Goes on only where there is time.
     *
     * @throws io.fanin.processor.convert.ConversionException {@code DeadlineExceeded}
     */
    void checkDeadline() {
        deadline.check(progress);
    }

    @Override
    public <T> List<T> query(String sql, Function<DuckDbRow, T> row) throws IOException {
        checkDeadline();
        DuckDb database = open().database();
        try {
            return database.query(sql, deadline.left(), row);
        } catch (DuckDbException e) {
            close();
            throw e;
        }
    }

    private Opened open() throws IOException {
        if (open.isEmpty()) {
            ConversionSettings own = settings.get();
            Path temporary = Files.createDirectories(own.temporary());
            open = Optional.of(open(own, Scratch.in(temporary)));
        }
        return open.get();
    }

    private static Opened open(ConversionSettings own, Scratch scratch) throws IOException {
        boolean opened = false;
        try {
            DuckDb database = DuckDb.open(new DuckDbSettings(
                    scratch.folder(),
                    own.memoryBytes(),
                    own.memoryBytes(),
                    own.threads(),
                    own.scratchBytes() / TEMPORARY_PART));
            opened = true;
            return new Opened(scratch, database, own);
        } finally {
            if (!opened) {
                scratch.close();
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (open.isPresent()) {
            Opened own = open.get();
            open = Optional.empty();
            try {
                own.database().close();
            } finally {
                own.scratch().close();
            }
        }
    }
}
