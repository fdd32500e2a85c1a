package io.fanin.statemachine.simulation;

import java.util.ArrayList;
import java.util.List;

/** What happened, line by line. */
final class Trace {

    private final List<String> lines = new ArrayList<>();

    void add(Object actor, String what) {
        lines.add("#" + (lines.size() + 1) + " " + actor + ": " + what);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    int length() {
        return lines.size();
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
