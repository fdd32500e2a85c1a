package io.fanin.core.catalog;

import io.fanin.core.parallel.Workers;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Concurrent requests to Glue: a small number, since Glue throttles accounts that send many.
 *
 * @param atMost the maximum number
 */
public record ParallelRequests(Workers workers, int atMost) {

    public ParallelRequests {
        if (atMost < 1) {
            throw new IllegalArgumentException("requests to Glue at a time: expected 1 or more, got " + atMost);
        }
    }

    /** Half as many concurrent requests, for use after Glue has throttled. */
    ParallelRequests slower() {
        return new ParallelRequests(workers, Math.max(1, atMost / 2));
    }

    /**
     * The results, in the order of the work. The first failure is thrown when the running requests have ended; requests
     * that have not begun are not sent.
     */
    public <A, B> List<B> each(List<A> all, Function<A, B> work) {
        if (all.size() < 2) {
            return all.stream().map(work).toList();
        }
        AtomicReference<RuntimeException> failure = new AtomicReference<>();
        try (ExecutorService threads = workers.open(atMost)) {
            List<Future<B>> results = all.stream()
                    .map(one -> threads.submit(() -> unlessFailed(failure, work, one)))
                    .toList();
            return results.stream().map(Workers::await).toList();
        } catch (CancellationException e) {
            throw failure.get();
        }
    }

    private static <A, B> B unlessFailed(AtomicReference<RuntimeException> failure, Function<A, B> work, A one) {
        if (failure.get() != null) {
            throw new CancellationException();
        }
        try {
            return work.apply(one);
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
            throw e;
        }
    }
}
