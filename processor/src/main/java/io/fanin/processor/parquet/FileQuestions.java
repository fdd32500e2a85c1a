package io.fanin.processor.parquet;

import io.fanin.records.duckdb.DuckDbRow;
import io.fanin.records.samples.RowSamples;
import io.fanin.records.scratch.ConversionSettings;
import io.fanin.records.scratch.Deadline;
import io.fanin.records.scratch.Lazy;
import io.fanin.records.scratch.ScratchDatabase;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Runs queries about files in a database's scratch folder. After a failed query a new database is opened. */
final class FileQuestions implements Questions, Closeable {

    private final Lazy<ScratchDatabase> open;
    private final Deadline deadline;
    private final Supplier<String> progress;
    private long files;

    /**
     * The database is opened with the first query.
     *
     * @param settings the resources left when the database is opened
     * @param progress describes for people what was done when the deadline passes
     */
    FileQuestions(Supplier<ConversionSettings> settings, Deadline deadline, Supplier<String> progress) {
        this.open = new Lazy<>(() -> ScratchDatabase.forQuestions(settings.get()));
        this.deadline = deadline;
        this.progress = progress;
    }

    /** A new path in the scratch folder. */
    Path file() throws IOException {
        files++;
        return open.use(scratch -> scratch.folder().resolve("object-" + files + ".parquet"));
    }

    /** Bytes available for files in the scratch folder. */
    long room() throws IOException {
        return open.use(ScratchDatabase::room);
    }

    /** @throws io.fanin.records.scratch.ConversionException {@code DeadlineExceeded} */
    void checkDeadline() {
        deadline.check(progress);
    }

    @Override
    public RowSamples samples() throws IOException {
        return open.use(scratch -> scratch.database().samples());
    }

    @Override
    public <T> List<T> query(String sql, Function<DuckDbRow, T> row) throws IOException {
        checkDeadline();
        return open.use(scratch -> scratch.database().query(sql, deadline.left(), row));
    }

    @Override
    public void close() throws IOException {
        open.close();
    }
}
