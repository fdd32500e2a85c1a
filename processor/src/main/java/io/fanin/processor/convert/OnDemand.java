package io.fanin.processor.convert;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/**
 * What is opened with its first use, so that what keeps it from opening is the failure of that use. A database that has
 * failed may not be fit for more: after {@link #close} the next use opens another.
 */
public final class OnDemand<T extends Closeable> implements Closeable {

    private final Opening<T> opening;
    private Optional<T> open = Optional.empty();

    /** Opens nothing yet. */
    public OnDemand(Opening<T> opening) {
        this.opening = opening;
    }

    /** Opens one. */
    @FunctionalInterface
    public interface Opening<T> {
        T open() throws IOException;
    }

    /** The open one, or another. */
    public T get() throws IOException {
        if (open.isEmpty()) {
            open = Optional.of(opening.open());
        }
        return open.get();
    }

    @Override
    public void close() throws IOException {
        if (open.isPresent()) {
            T own = open.get();
            open = Optional.empty();
            own.close();
        }
    }
}
