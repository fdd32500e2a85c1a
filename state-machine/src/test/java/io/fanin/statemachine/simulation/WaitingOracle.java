package io.fanin.statemachine.simulation;

import io.fanin.statemachine.simulation.FunctionRun.Function;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The rule for partitions that the last scan of the whole table found waiting for their marker. */
final class WaitingOracle {

    private final ObservedState observed;
    private final Set<Integer> waiting = new HashSet<>();

    WaitingOracle(ObservedState observed) {
        this.observed = observed;
    }

    /** A run has found its work. */
    void detected(String run) {
        if (!observed.continuesAnother(run)
                && SimulatedSpecs.SCANS.contains(observed.files().mode(run).orElse("list"))) {
            List<String> prefixes = observed.files().waiting(run);
            waiting.clear();
            observed.lake().partitions().stream()
                    .filter(number -> prefixes.contains(observed.lake().prefix(number)))
                    .forEach(waiting::add);
        }
    }

    /** Called when a table-creator has changed the table: it must not be complete through waiting partitions. */
    void changed(CatalogView before) {
        String through = observed.catalog().parameters().getOrDefault("fanin.complete_through", "");
        boolean isMoved = through.compareTo(before.parameters().getOrDefault("fanin.complete_through", "")) > 0;
        if (!isMoved
                || observed.world()
                        .invocation()
                        .filter(one -> one.function() == Function.TABLE_CREATOR)
                        .isEmpty()) {
            return;
        }
        Set<List<String>> known = new HashSet<>(observed.waived());
        known.addAll(observed.outstanding());
        known.addAll(observed.catalog().partitions().keySet());
        Set<Integer> passed = observed.world().readiness().unmarked().stream()
                .filter(waiting::contains)
                .filter(number -> !known.contains(observed.lake().layout().values(number)))
                .filter(number -> observed.lake()
                        .layout()
                        .moment(number)
                        .filter(moment -> moment.toString().compareTo(through) <= 0)
                        .isPresent())
                .collect(Collectors.toSet());
        if (!waiting.isEmpty()) {
            observed.world().trace().count(FaultKind.MOVED_ON_WHILE_SOMETHING_WAITED);
        }
        observed.require(
                passed.isEmpty(), "the table is said to be complete through " + through + " while " + passed + " wait");
    }
}
