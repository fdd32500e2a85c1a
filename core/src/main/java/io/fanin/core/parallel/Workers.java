package io.fanin.core.parallel;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Who does work that may be done side by side. Thread-safe. */
public enum Workers {

    /** Threads, which end when what they were opened for is closed. */
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

    /** The submitting thread does each task itself, immediately: requests are sent in the same order each time. */
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
     * Opens a number of workers at most. Work of any amount may wait.
     *
     * @param atMost how many pieces of work are done at a time
     */
    public abstract ExecutorService open(int atMost);

    /**
     * Opens a number of workers at most; when more tasks wait than the given number, the submitting thread runs the
     * task itself, so memory stays bounded.
     *
     * @param atMost how many tasks run at a time, not counting the caller's own
     * @param mostWaiting how many may wait
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
     * The result of a piece of work. Its failure is thrown as it was where that needs no declaration.
     *
     * @throws IllegalStateException when the calling thread is interrupted, or the failure has to be declared
     */
    public static <T> T await(Future<T> work) {
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
