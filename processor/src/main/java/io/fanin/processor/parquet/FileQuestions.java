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

/** Questions about files in a database's scratch folder. After one that had no answer another database is asked. */
final class FileQuestions implements Questions, Closeable {

    private final Lazy<ScratchDatabase> open;
    private final Deadline deadline;
    private final Supplier<String> progress;
    private long files;

    /**
     * Opens nothing yet.
     *
     * @param settings what the function has left with the first question
     * @param progress what was reached when the function's time is over, for people
     */
    FileQuestions(Supplier<ConversionSettings> settings, Deadline deadline, Supplier<String> progress) {
        this.open = new Lazy<>(() -> ScratchDatabase.forQuestions(settings.get()));
        this.deadline = deadline;
        this.progress = progress;
    }

    /** A path in the scratch folder that no file has had. */
    Path file() throws IOException {
        files++;
        return open.use(scratch -> scratch.folder().resolve("object-" + files + ".parquet"));
    }

    /** Bytes of files that may lie in the scratch folder. */
    long room() throws IOException {
        return open.use(ScratchDatabase::room);
    }

    /**
     * Goes on only where there is time.
     *
     * @throws io.fanin.records.scratch.ConversionException {@code DeadlineExceeded}
     */
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
