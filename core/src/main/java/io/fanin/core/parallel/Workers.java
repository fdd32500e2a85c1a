package io.fanin.core.parallel;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** The threads for concurrent work. Thread-safe. */
public enum Workers {

    /** Threads of a pool, which end when it is closed. */
    THREADS {
        @Override
        public ExecutorService open(int atMost) {
            return threads(atMost, new LinkedBlockingQueue<>(), new ThreadPoolExecutor.AbortPolicy());
        }

        @Override
        public ExecutorService open(int atMost, int mostWaiting) {
            return threads(atMost, new ArrayBlockingQueue<>(mostWaiting), new ThreadPoolExecutor.CallerRunsPolicy());
        }
    },

    /** The submitting thread, which runs each task immediately: requests are sent in the same order each time. */
    CALLER {
        @Override
        public ExecutorService open(int atMost) {
            return new CallingThread();
        }

        @Override
        public ExecutorService open(int atMost, int mostWaiting) {
            return new CallingThread();
        }
    };

    /**
     * Opens a pool with an unbounded queue.
     *
     * @param atMost the maximum number of concurrent tasks
     */
    public abstract ExecutorService open(int atMost);

    /**
     * Opens a pool with a bounded queue; when it is full, the submitting thread runs the task itself, so memory stays
     * bounded.
     *
     * @param atMost the maximum number of concurrent tasks, not counting the caller's own
     * @param mostWaiting the maximum number of waiting tasks
     */
    public abstract ExecutorService open(int atMost, int mostWaiting);

    private static ExecutorService threads(
            int atMost, BlockingQueue<Runnable> waiting, RejectedExecutionHandler rejected) {
        return new ThreadPoolExecutor(
                atMost,
                atMost,
                0,
                TimeUnit.SECONDS,
                waiting,
                Thread.ofPlatform().daemon().name("worker-", 0).factory(),
                rejected);
    }

    /**
     * The results of work on each of these, in their order. The first failure in that order is thrown when all work has
     * ended.
     *
     * @param atMost the maximum number of concurrent tasks
     */
    public <A, B> List<B> each(int atMost, Collection<A> all, Function<A, B> work) {
        try (ExecutorService threads = open(atMost)) {
            return each(threads, all, work);
        }
    }

    /**
     * The results of work on each of these, in their order, by an open pool; the first failure in that order is thrown.
     */
    public static <A, B> List<B> each(ExecutorService threads, Collection<A> all, Function<A, B> work) {
        List<Future<B>> results =
                all.stream().map(one -> threads.submit(() -> work.apply(one))).toList();
        return results.stream().map(Workers::await).toList();
    }

    /**
     * The result of a task. An unchecked failure is thrown as it was.
     *
     * @throws IllegalStateException if the calling thread is interrupted, or the failure is a checked exception
     */
    public static <T> T await(Future<T> work) {
        return result(work::get);
    }

    /**
     * Waits until these tasks are done, or one has failed, whichever it is: its unchecked failure is thrown as it was.
     *
     * @throws IllegalStateException if the calling thread is interrupted, or the failure is a checked exception
     */
    public static void awaitAll(CompletionService<?> tasks, int count) {
        for (int done = 0; done < count; done++) {
            result(() -> tasks.take().get());
        }
    }

    /** The result, never null, of a task; empty if it is not done within this time. */
    public static <T> Optional<T> await(Future<T> work, Duration limit) {
        return result(() -> {
            try {
                return Optional.of(work.get(limit.toNanos(), TimeUnit.NANOSECONDS));
            } catch (TimeoutException e) {
                return Optional.empty();
            }
        });
    }

    /** Waits until the tasks of a pool that takes no more have ended, but no longer than this. */
    public static void awaitEnd(ExecutorService pool, Duration limit) {
        try {
            pool.awaitTermination(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for a task. */
    @FunctionalInterface
    private interface Waiting<T> {
        T get() throws InterruptedException, ExecutionException;
    }

    private static <T> T result(Waiting<T> work) {
        try {
            return work.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while work was done side by side", e);
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case RuntimeException failure -> failure;
                case Error error -> throw error;
                case Throwable declared -> new IllegalStateException(declared);
            };
        }
    }
}
