package io.fanin.core.parallel;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** Runs each task on the calling thread, before {@code execute} returns. */
final class CallingThread extends AbstractExecutorService {

    private volatile boolean shutdown;

    @Override
    public void execute(Runnable work) {
        if (shutdown) {
            throw new RejectedExecutionException("the executor was shut down");
        }
        work.run();
    }

    @Override
    public void shutdown() {
        shutdown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown = true;
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return shutdown;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return shutdown;
    }
}
