package io.fanin.core.retry;

import java.security.SecureRandom;
import java.time.Duration;

/** Exponential backoff with jitter: 150 to 300 ms, then up to 600 ms, 1.2 s, 2.4 s. */
public record Backoff(Sleeper sleeper) {

    private static final long FIRST_WAIT_MILLIS = 300;

    /**
     * Seeded by the operating system: environments restored from the same snapshot must not wait for the same times.
     */
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Waits after the attempt of this number, counted from 1. */
    public void pauseAfter(int attempt) {
        long longest = FIRST_WAIT_MILLIS << (attempt - 1);
        long millis = longest / 2 + RANDOM.nextLong(longest / 2 + 1);
        sleeper.sleep(Duration.ofMillis(millis));
    }
}
