package io.fanin.core.retry;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Waits that double, with jitter: 150 to 300 ms, then up to 600 ms, 1.2 s, 2.4 s. */
public record Backoff(Sleeper sleeper) {

    private static final long FIRST_WAIT_MILLIS = 300;

    /** Waits after the attempt of this number, counted from 1. */
    public void pauseAfter(int attempt) {
        long longest = FIRST_WAIT_MILLIS << (attempt - 1);
        long millis = longest / 2 + ThreadLocalRandom.current().nextLong(longest / 2 + 1);
        sleeper.sleep(Duration.ofMillis(millis));
    }
}
