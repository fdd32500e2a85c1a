package io.fanin.detector.walk;

import io.fanin.core.parallel.Workers;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs tasks that add more tasks, with a few threads. If the queue is full, the thread that adds a task runs it itself,
 * so memory stays bounded. The first failure ends all tasks.
 */
final class ParallelWork {

    /**
     * S3 answers a LIST in some tens of milliseconds: with this number of threads listing is fast, and far from being
     * throttled.
     */
    static final int THREADS = 16;

    private static final int QUEUE = 1000;

    private final ExecutorService threads;
    private final AtomicInteger unfinished = new AtomicInteger();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    private ParallelWork(Workers workers) {
        threads = workers.open(THREADS, QUEUE);
    }

    /** A task that may add more tasks. */
    interface Task {
        void run(ParallelWork work);
    }

    /**
     * Runs the task on the calling thread, and all tasks that it adds, and returns when none is left. No thread is
     * started for a task that adds none.
     *
     * @throws RuntimeException the first failure of any task, thrown when no task is running any more
     */
    static void run(Workers workers, Task first) {
        ParallelWork work = new ParallelWork(workers);
        try {
            work.unfinished.incrementAndGet();
            work.perform(first);
            work.ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            work.fail(new IllegalStateException("interrupted while a location was walked", e));
        } finally {
            work.stop();
        }
        work.throwFailure();
    }

    /** Schedules the task, which ends before {@link #run} returns. */
    void add(Task task) {
        unfinished.incrementAndGet();
        threads.execute(() -> perform(task));
    }

    /** Whether a task has failed, so that the others need not continue. */
    boolean isCancelled() {
        return failure.get() != null;
    }

    private void perform(Task task) {
        try {
            if (!isCancelled()) {
                task.run(this);
            }
        } catch (RuntimeException | Error e) {
            fail(e);
        } finally {
            if (unfinished.decrementAndGet() == 0) {
                ended.countDown();
            }
        }
    }

    private void fail(Throwable e) {
        if (failure.compareAndSet(null, e)) {
            threads.shutdownNow();
            ended.countDown();
        }
    }

    /** Waits for running tasks, because they may call the consumer. */
    private void stop() {
        threads.shutdownNow();
        threads.close();
    }

    private void throwFailure() {
        switch (failure.get()) {
            case null -> {}
            case Error error -> throw error;
            case RuntimeException exception -> throw exception;
            case Throwable other -> throw new IllegalStateException(other);
        }
    }
}
