package io.fanin.detector.events;

import io.fanin.model.text.LogSafe;
import java.util.ArrayList;
import java.util.List;

/** Counts the events that are dropped for one reason, and keeps the names of the first ones. */
final class Dropped {

    private static final int SAMPLE = 5;

    private final List<String> sample = new ArrayList<>();
    private long count;

    void add(String what) {
        count++;
        if (sample.size() < SAMPLE) {
            sample.add(LogSafe.beginning(what, DeliverySummary.TEXT));
        }
    }

    public long getCount() {
        return count;
    }

    public List<String> getSample() {
        return List.copyOf(sample);
    }
}
