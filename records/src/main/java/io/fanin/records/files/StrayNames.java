package io.fanin.records.files;

import io.fanin.model.text.LogSafe;
import java.util.List;
import java.util.TreeSet;

/** Names in raw records that are no columns. Keeps a few, whatever the number in the data. Thread-safe. */
final class StrayNames {

    /** The maximum number of names that are kept. */
    static final int MOST = 20;

    private static final int LENGTH = 100;

    private final TreeSet<String> names = new TreeSet<>();

    synchronized void add(String name) {
        if (names.size() < MOST) {
            names.add(LogSafe.beginning(name, LENGTH));
        }
    }

    /** In alphabetical order. */
    synchronized List<String> names() {
        return List.copyOf(names);
    }
}
