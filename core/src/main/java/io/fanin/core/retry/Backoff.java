package io.fanin.core.retry;

import java.security.SecureRandom;
import java.time.Duration;

/** Waits that double, with jitter: 150 to 300 ms, then up to 600 ms, 1.2 s, 2.4 s. */
public record Backoff(Sleeper sleeper) {

    private static final long FIRST_WAIT_MILLIS = 300;

    /** From the operating system: environments that were restored from one snapshot do not wait alike. */
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Waits after the attempt of this number, counted from 1. */
    public void pauseAfter(int attempt) {
        long longest = FIRST_WAIT_MILLIS << (attempt - 1);
        long millis = longest / 2 + RANDOM.nextLong(longest / 2 + 1);
        sleeper.sleep(Duration.ofMillis(millis));
    }
}
