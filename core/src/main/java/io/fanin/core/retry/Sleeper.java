package io.fanin.core.retry;

import java.time.Duration;

/** Waits between attempts; tests need not wait. */
@FunctionalInterface
public interface Sleeper {

    /** Sleeps on the calling thread; an interruption ends the wait with an {@link IllegalStateException}. */
    Sleeper SYSTEM = duration -> {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting between attempts", e);
        }
    };

    void sleep(Duration duration);
}
