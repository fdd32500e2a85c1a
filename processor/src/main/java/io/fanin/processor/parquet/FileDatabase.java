package io.fanin.processor.parquet;

import io.fanin.records.scratch.ConversionSettings;
import io.fanin.records.scratch.Deadline;
import io.fanin.records.scratch.ScratchDatabase;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.apache.commons.io.function.IOFunction;

/** A database for queries about files in its scratch folder. After a failed query a new database is opened. */
final class FileDatabase implements Closeable {

    private final Lazy<ScratchDatabase> open;
    private final Deadline deadline;
    private final Supplier<String> progress;
    private long files;

    /**
     * A database that is opened with its first use.
     *
     * @param settings the resources available when the database is opened
     * @param progress describes the work done so far, for people, when the deadline passes
     */
    FileDatabase(Supplier<ConversionSettings> settings, Deadline deadline, Supplier<String> progress) {
        this.open = new Lazy<>(() -> ScratchDatabase.forFileQueries(settings.get()));
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

    <T> T ask(IOFunction<FileQueries, T> use) throws IOException {
        return open.use(scratch -> use.apply(new FileQueries(scratch.database(), deadline, progress)));
    }

    @Override
    public void close() throws IOException {
        open.close();
    }
}
