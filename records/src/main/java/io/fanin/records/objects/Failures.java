package io.fanin.records.objects;

import io.fanin.core.parallel.Workers;
import java.io.IOException;
import java.util.concurrent.Future;

/** Waits for tasks on other threads, and rethrows their exceptions. */
public final class Failures {

    private Failures() {}

    /** Waits, and rethrows the task's exception unchanged. */
    public static <T> T get(Future<T> task) throws IOException {
        try {
            return Workers.await(task);
        } catch (IllegalStateException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw e;
        }
    }
}
