package io.fanin.core.catalog;

import io.fanin.core.retry.Backoff;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Attempts beyond those of the SDK, for failures that the SDK does not retry (batch entries, conflicts, Glue's
 * OperationTimeoutException) or retries only briefly (throttling).
 */
public record GlueRetries(Backoff backoff) {

    public static final int MAX_ATTEMPTS = 5;

    /** Waits after the attempt of this number, counted from 1. */
    public void pauseAfter(int attempt) {
        backoff.pauseAfter(attempt);
    }

    /**
     * Makes an idempotent call, repeated while Glue throttles, fails or does not answer.
     *
     * @throws CatalogException if it is refused
     * @throws CatalogUnavailableException after the last attempt
     */
    public <T> T repeatable(GlueCall call, Supplier<T> request) {
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
