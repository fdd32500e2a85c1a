package io.fanin.processor.parquet;

import io.fanin.core.retry.Causes;
import io.fanin.records.duckdb.DuckDbException;
import io.fanin.records.scratch.ConversionException;
import java.io.Closeable;
import java.io.IOException;

/**
 * A resource that is opened with its first use, so that a failure to open it is that use's failure. After a failure of
 * a database, which may no longer be usable, and after {@link #close}, the next use opens another one.
 */
public final class Lazy<T extends Closeable> implements Closeable {

    private final Opening<T> opening;
    private T open;

    public Lazy(Opening<T> opening) {
        this.opening = opening;
    }

    /** Opens the resource. */
    @FunctionalInterface
    public interface Opening<T> {
        T open() throws IOException;
    }

    /** A use of the resource. */
    @FunctionalInterface
    public interface Use<T, R> {
        R of(T open) throws IOException;
    }

    /** Uses the open resource, or opens one. */
    public <R> R use(Use<T, R> use) throws IOException {
        try {
            return use.of(get());
        } catch (RuntimeException e) {
            if (isOfTheDatabase(e)) {
                closeAfter(e);
            }
            throw e;
        }
    }

    private static boolean isOfTheDatabase(RuntimeException failure) {
        return failure instanceof ConversionException
                || Causes.of(failure).stream().anyMatch(DuckDbException.class::isInstance);
    }

    private void closeAfter(RuntimeException failure) {
        try {
            close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private T get() throws IOException {
        if (open == null) {
            open = opening.open();
        }
        return open;
    }

    @Override
    public void close() throws IOException {
        T own = open;
        open = null;
        if (own != null) {
            own.close();
        }
    }
}
