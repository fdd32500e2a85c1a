package io.fanin.fakes;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts every call and keeps the latest {@value #REMEMBERED}. Thread-safe. */
public final class RequestLog {

    private static final int REMEMBERED = 10_000;

    private final Deque<Call> latest = new ArrayDeque<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private int total;

    synchronized void add(Call call) {
        total++;
        counts.merge(call.operation(), 1, Integer::sum);
        if (latest.size() == REMEMBERED) {
            latest.removeFirst();
        }
        latest.addLast(call);
    }

    public synchronized int count() {
        return total;
    }

    public synchronized int count(String operation) {
        return counts.getOrDefault(operation, 0);
    }

    /** Calls by operation. */
    public synchronized Map<String, Integer> counts() {
        return Map.copyOf(counts);
    }

    /** The latest calls, oldest first. */
    public synchronized List<Call> calls() {
        return List.copyOf(latest);
    }

    public List<Call> calls(String operation) {
        return calls().stream()
                .filter(call -> call.operation().equals(operation))
                .toList();
    }

    public synchronized void reset() {
        total = 0;
        counts.clear();
        latest.clear();
    }
}
