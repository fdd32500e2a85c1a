package io.fanin.statemachine.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tables that existed under one name, in order. What a run has seen registered is not in a table created after
 * that.
 */
final class TableGenerations {

    /** The partitions registered in dropped tables, by their numbers. */
    private final Map<Integer, Set<List<String>>> gone = new HashMap<>();

    /** The partitions that each run registered in dropped tables, and that nobody has registered since. */
    private final Map<String, Set<List<String>>> ofRuns = new HashMap<>();

    private final Map<FunctionRun, Integer> seen = new HashMap<>();
    /** The number of the current table at an invocation's last answer. */
    private final Map<FunctionRun, Integer> answered = new HashMap<>();

    /** The number of the table that an invocation has read last. */
    private final Map<FunctionRun, Integer> read = new HashMap<>();

    private final Map<String, FunctionRun> deciding = new HashMap<>();
    private int current;

    void changed(CatalogView before, CatalogView after) {
        if (before.hasTable() && !after.hasTable()) {
            gone.put(current, Set.copyOf(before.partitions().keySet()));
            before.partitions()
                    .forEach((values, partition) -> ofRuns.computeIfAbsent(
                                    CatalogView.run(partition), any -> new HashSet<>())
                            .add(values));
        } else if (!before.hasTable() && after.hasTable()) {
            current++;
        }
    }

    /** Records that an invocation has had an answer. */
    void answered(FunctionRun invocation) {
        answered.put(invocation, current);
    }

    /**
     * Whether the table was made since the invocation's last answer: Glue compares versions, and those may be the same.
     */
    boolean isNewTo(FunctionRun invocation) {
        return answered.getOrDefault(invocation, current) != current;
    }

    /** Records that an invocation has read the table. */
    void readBy(FunctionRun invocation) {
        read.put(invocation, current);
    }

    /** Whether the table was made since the invocation read it last, and may have the version that it has read. */
    boolean isUnreadBy(FunctionRun invocation) {
        return read.getOrDefault(invocation, current) != current;
    }

    /** Records that a run has registered a partition. */
    void registered(List<String> values) {
        ofRuns.values().forEach(lost -> lost.remove(values));
    }

    /** Records that a detector has seen the current table, or that there is none: what it sees last counts. */
    void seenBy(FunctionRun detector, CatalogView catalog) {
        if (catalog.hasTable()) {
            seen.put(detector, current);
        } else {
            seen.remove(detector);
        }
    }

    /** Records that a detector has written its run's manifest, of which the first one counts. */
    void decidedBy(FunctionRun detector) {
        deciding.putIfAbsent(detector.run(), detector);
    }

    /** The detector whose decision counts. */
    Optional<FunctionRun> deciding(String run) {
        return Optional.ofNullable(deciding.get(run));
    }

    /**
     * The partitions that a run may consider registered, or has registered itself, and that were dropped with their
     * table.
     */
    Set<List<String>> lostTo(String run, CatalogView now) {
        Set<List<String>> lost = new HashSet<>(Optional.ofNullable(deciding.get(run))
                .map(seen::get)
                .filter(number -> number != current)
                .map(gone::get)
                .orElse(Set.of()));
        lost.addAll(ofRuns.getOrDefault(run, Set.of()));
        lost.removeAll(now.partitions().keySet());
        return lost;
    }
}
