package io.fanin.tablecreator.notices;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The listeners that are not asked any more while many notices are sent: each has let the function wait for a minute in
 * vain, and would do so for each notice. Not thread-safe.
 */
public final class SlowListeners {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Map<String, Duration> lost = new HashMap<>();

    boolean has(String listener) {
        return lost.getOrDefault(listener, Duration.ZERO).compareTo(PATIENCE) >= 0;
    }

    void hasFailed(String listener, Duration after) {
        lost.merge(listener, after, Duration::plus);
    }
}
