package io.fanin.processor.parquet;

import io.fanin.core.failure.Causes;
import io.fanin.records.duckdb.DuckDbException;
import io.fanin.records.scratch.ConversionException;
import java.io.Closeable;
import java.io.IOException;
import org.apache.commons.io.function.IOFunction;
import org.apache.commons.io.function.IOSupplier;

/**
 * A resource that is opened with its first use, so that a failure to open it is a failure of that use. The next use
 * opens another one after {@link #close}, and after a database failure, which may leave the database unusable.
 */
public final class Lazy<T extends Closeable> implements Closeable {

    private final IOSupplier<T> opening;
    private T open;

    public Lazy(IOSupplier<T> opening) {
        this.opening = opening;
    }

    /** Uses the open resource, or opens one. */
    public <R> R use(IOFunction<T, R> use) throws IOException {
        try {
            return use.apply(get());
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
        } catch (IOException | RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private T get() throws IOException {
        if (open == null) {
            open = opening.get();
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
