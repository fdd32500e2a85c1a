package io.fanin.records.scratch;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Keeps the database of a function's conversions for its next call, since opening one takes a fifth of the CPU time for
 * a megabyte. Who takes it returns it only if nothing can be left in it, and closes it otherwise. Thread-safe; two
 * calls at a time never get the same one.
 */
public final class KeptDatabase implements Closeable {

    private final Supplier<ConversionSettings> settings;
    private final AtomicReference<ScratchDatabase> kept = new AtomicReference<>();

    /** @param settings what the function has now */
    public KeptDatabase(Supplier<ConversionSettings> settings) {
        this.settings = settings;
    }

    /** The kept database, if one that is opened now would have the same limits; otherwise one that is opened. */
    public ScratchDatabase take() throws IOException {
        ConversionSettings now = settings.get();
        ScratchDatabase before = kept.getAndSet(null);
        if (before == null) {
            return ScratchDatabase.forRows(now);
        }
        Optional<ScratchDatabase> same = before.forRowsWith(now);
        if (same.isPresent()) {
            return same.get();
        }
        before.close();
        return ScratchDatabase.forRows(now);
    }

    /** Keeps a database that no statement of a user's has run in, and in which none has failed. */
    public void keep(ScratchDatabase database) throws IOException {
        if (database.mayHaveFiles() || !kept.compareAndSet(null, database)) {
            database.close();
        }
    }

    /** Closes the kept database. The next call opens another one. */
    @Override
    public void close() throws IOException {
        ScratchDatabase before = kept.getAndSet(null);
        if (before != null) {
            before.close();
        }
    }
}
