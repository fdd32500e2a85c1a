package io.fanin.statemachine.it;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for asynchronous effects. */
final class Polling {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private Polling() {}

    static void await(String what, BooleanSupplier happened) {
        await(what, LIMIT, happened);
    }

    static void await(String what, Duration limit, BooleanSupplier happened) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!happened.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(what + ": not within " + limit);
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        }
    }
}
