package io.fanin.detector;

import io.fanin.core.layout.Skip;
import io.fanin.core.layout.SkipReason;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts every name that is no partition, and keeps the first of them. */
final class SkipLog {

    /** How many are kept by name. */
    static final int SAMPLE = 100;

    private final Map<SkipReason, Long> counts = new EnumMap<>(SkipReason.class);
    private final List<Skip> sample = new ArrayList<>();

    void add(Skip skip) {
        counts.merge(skip.reason(), 1L, Long::sum);
        if (sample.size() < SAMPLE) {
            sample.add(skip);
        }
    }

    Map<SkipReason, Long> counts() {
        return counts;
    }

    List<Skip> sample() {
        return sample;
    }
}
