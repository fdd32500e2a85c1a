package io.fanin.records.objects;

import io.fanin.core.parallel.Workers;
import java.io.IOException;
import java.util.concurrent.Future;

/** What another thread came to, or why it did not. */
public final class Failures {

    private Failures() {}

    /** Waits; what the task threw is thrown as it is. */
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
