package io.fanin.records.scratch;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Keeps the database of a function's conversions for its next call, since opening one takes a fifth of the CPU time for
 * a megabyte. A caller returns it only if it is certainly clean, and closes it otherwise. Thread-safe; two calls at a
 * time never get the same one.
 */
public final class KeptDatabase implements Closeable {

    private final Supplier<ConversionSettings> settings;
    private final AtomicReference<ScratchDatabase> kept = new AtomicReference<>();

    /** @param settings the function's current resources */
    public KeptDatabase(Supplier<ConversionSettings> settings) {
        this.settings = settings;
    }

    /** The kept database, if a new one would have the same limits; otherwise a new one. */
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

    /** Keeps a database in which no user's statement has run, and no statement has failed. */
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
