package io.fanin.core.aws;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds what is listed of one table: the pages, and with them the memory, and the time. Run before each page; throws
 * {@link ReachedException} when the bound is reached. Thread-safe.
 */
public final class PageLimit implements Runnable {

    private final int pages;
    private final Instant deadline;
    private final InstantSource clock;
    private final AtomicInteger requested = new AtomicInteger();

    /**
     * A limit of which nothing is used up.
     *
     * @param pages the maximum number of pages, of 1,000 names or partitions each
     */
    public PageLimit(int pages, Instant deadline, InstantSource clock) {
        this.pages = pages;
        this.deadline = deadline;
        this.clock = clock;
    }

    @Override
    public void run() {
        if (requested.incrementAndGet() > pages) {
            throw new ReachedException("its listing has more than " + pages + " pages");
        }
        requireTime();
    }

    /** Throws if no time is left. */
    public void requireTime() {
        if (!clock.instant().isBefore(deadline)) {
            throw new ReachedException("the time for its listing is up");
        }
    }

    /** Caught by whoever lists. */
    public static final class ReachedException extends RuntimeException {

        private ReachedException(String message) {
            super(message, null, false, false);
        }
    }
}
