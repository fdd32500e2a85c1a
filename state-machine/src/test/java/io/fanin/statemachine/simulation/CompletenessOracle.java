package io.fanin.statemachine.simulation;

import io.fanin.statemachine.simulation.FunctionRun.Function;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares the table's {@code fanin.complete_through} with the lake: data that existed when a scan of the whole table
 * began, and still exists, is registered up to that moment, or has been waived.
 */
final class CompletenessOracle {

    private final ObservedState observed;

    /** The partitions with data in the table's folder when an invocation first looked at it. */
    private final Map<FunctionRun, Set<Integer>> there = new HashMap<>();

    /** The partitions with data when a run's scan of the whole table began. */
    private final Map<String, Set<Integer>> seen = new HashMap<>();

    private final Set<Integer> covered = new HashSet<>();
    private String folder = "";

    CompletenessOracle(ObservedState observed) {
        this.observed = observed;
    }

    /** Called when an invocation of the detector reads the table, before it lists the lake. */
    void looks(FunctionRun invocation) {
        there.computeIfAbsent(
                invocation,
                any -> observed.lake().partitions().stream()
                        .filter(number -> observed.lake().hasData(number)
                                && !observed.lake().behind().contains(number))
                        .collect(Collectors.toSet()));
    }

    /** A run has found its work. */
    void detected(String run) {
        boolean scans = SimulatedSpecs.SCANS.contains(observed.files().mode(run).orElse("list"));
        if (scans && !observed.continuesAnother(run) && observed.files().sawAll(run)) {
            observed.world().invocation().map(there::get).ifPresent(partitions -> seen.put(run, partitions));
        }
    }

    /**
     * Called when a pass has reported the results of its partitions: later runs know everything that its scan has seen.
     */
    void passEnded(String run) {
        forgetWhereTheTableWas();
        covered.addAll(seen.getOrDefault(run, Set.of()));
    }

    /** The record of what is outstanding is gone. */
    void recordLost() {
        covered.clear();
        seen.clear();
        there.clear();
    }

    /** A table-creator has changed the table. */
    void changed(CatalogView before) {
        forgetWhereTheTableWas();
        String through = observed.catalog().parameters().getOrDefault("fanin.complete_through", "");
        boolean isMoved = !through.equals(before.parameters().getOrDefault("fanin.complete_through", ""));
        boolean isOurs = observed.world()
                .invocation()
                .filter(one -> one.function() == Function.TABLE_CREATOR)
                .isPresent();
        if (through.isEmpty() || !isMoved || !isOurs || observed.tableWasDropped()) {
            return;
        }
        LocalDateTime last = LocalDateTime.parse(through);
        Set<List<String>> known = new HashSet<>(observed.waived());
        observed.catalog().partitions().forEach((values, partition) -> {
            if (!CatalogView.hadNoData(partition)) {
                known.add(values);
            }
        });
        SimulatedLake lake = observed.lake();
        List<List<String>> left = covered.stream()
                .filter(number -> lake.hasData(number) && !lake.wasEmpty(number) && !lake.hasMoved(lake.prefix(number)))
                .filter(number -> lake.layout()
                        .moment(number)
                        .filter(moment -> !moment.isAfter(last))
                        .isPresent())
                .map(lake.layout()::values)
                .filter(values -> !known.contains(values) && !observed.wasTakenAway(values))
                .toList();
        if (!covered.isEmpty()) {
            observed.world().trace().count(FaultKind.MOVED_ON_AFTER_A_SCAN);
        }
        observed.require(
                left.isEmpty(), "the table is said to be complete through " + through + ", and " + left + " are left");
    }

    /** Discards scans of the table's earlier location. */
    private void forgetWhereTheTableWas() {
        if (!folder.equals(observed.lake().folder())) {
            folder = observed.lake().folder();
            recordLost();
        }
    }
}
