package io.fanin.core.catalog;

import java.time.Duration;

/** How the catalog waits between attempts. */
@FunctionalInterface
public interface Sleeper {

    /** Sleeps on the calling thread; an interruption ends the wait with a {@link CatalogException}. */
    Sleeper SYSTEM = duration -> {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CatalogException("interrupted while waiting to ask Glue again", e);
        }
    };

    void sleep(Duration duration);
}
