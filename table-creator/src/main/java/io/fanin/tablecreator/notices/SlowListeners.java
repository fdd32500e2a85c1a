package io.fanin.tablecreator.notices;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The listeners that are not asked any more while many notices are sent: each has taken two minutes of the function's
 * time, whether it took notices or did not answer. Not thread-safe.
 */
public final class SlowListeners {

    private static final Duration AT_MOST = Duration.ofMinutes(2);

    private final Map<String, Duration> times = new HashMap<>();

    boolean has(String listener) {
        return times.getOrDefault(listener, Duration.ZERO).compareTo(AT_MOST) >= 0;
    }

    void add(String listener, Duration time) {
        times.merge(listener, time, Duration::plus);
    }
}
