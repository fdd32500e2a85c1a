package io.fanin.statemachine.simulation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The events of a history, line by line. */
final class Trace {

    private final List<String> lines = new ArrayList<>();
    private final Map<FaultKind, Long> kinds = new EnumMap<>(FaultKind.class);

    void add(Object actor, String what) {
        lines.add("#" + (lines.size() + 1) + " " + actor + ": " + what);
    }

    void add(FaultKind kind, Object actor, String what) {
        count(kind);
        add(actor, what);
    }

    /** Counts an event that other lines show. */
    void count(FaultKind kind) {
        kinds.merge(kind, 1L, Long::sum);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    /** The number of events of each kind. */
    Map<FaultKind, Long> kinds() {
        return kinds;
    }

    int length() {
        return lines.size();
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
