package io.fanin.core.catalog;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Attempts beyond those of the SDK, for what the SDK does not retry (batch entries, conflicts, Glue's
 * OperationTimeoutException) or gives up on soon (throttling). The waits double, with jitter: 150 to 300 ms, then up to
 * 600 ms, 1.2 s, 2.4 s.
 */
record Backoff(Sleeper sleeper) {

    static final int MAX_ATTEMPTS = 5;

    private static final long FIRST_WAIT_MILLIS = 300;

    /** Waits after the attempt of this number, counted from 1. */
    void pauseAfter(int attempt) {
        long longest = FIRST_WAIT_MILLIS << (attempt - 1);
        long millis = longest / 2 + ThreadLocalRandom.current().nextLong(longest / 2 + 1);
        sleeper.sleep(Duration.ofMillis(millis));
    }

    /**
     * Makes a call that may be repeated without harm, again while Glue throttles, fails or does not answer.
     *
     * @throws CatalogException when it is refused
     * @throws CatalogUnavailableException when the attempts are used up
     */
    <T> T repeatable(GlueCall call, Supplier<T> request) {
        for (int attempt = 1; ; attempt++) {
            try {
                return request.get();
            } catch (SdkException e) {
                switch (FailureKind.of(e)) {
                    case RETRYABLE, AMBIGUOUS -> {
                        if (attempt == MAX_ATTEMPTS) {
                            throw call.failed(e);
                        }
                        pauseAfter(attempt);
                    }
                    case EXISTS, MISSING, INVALID, DENIED, LIMIT, OTHER -> throw call.failed(e);
                }
            }
        }
    }
}
