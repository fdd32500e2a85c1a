package io.fanin.core.failure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads causes and messages of exceptions from foreign code. Always terminates, and never throws. */
public final class Causes {

    private static final int MAX = 100;

    private Causes() {}

    /** The failure and its causes, outermost first: each once, and the first hundred. */
    public static List<Throwable> of(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Throwable> causes = new ArrayList<>();
        Throwable cause = failure;
        while (cause != null && causes.size() < MAX && seen.add(cause)) {
            causes.add(cause);
            cause = next(cause);
        }
        return causes;
    }

    /** Its message; empty if it has none, or cannot say it. */
    public static Optional<String> messageOf(Throwable failure) {
        try {
            return Optional.ofNullable(failure.getMessage());
        } catch (RuntimeException | StackOverflowError e) {
            return Optional.empty();
        }
    }

    private static Throwable next(Throwable failure) {
        try {
            return failure.getCause();
        } catch (RuntimeException | StackOverflowError e) {
            return null;
        }
    }
}
