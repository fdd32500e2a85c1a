package io.fanin.cli.table;

import io.fanin.cli.execution.ExecutionDetails;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The last runs of partial tables. They are held for a redrive, unless they failed for another reason after recording
 * failed partitions: then partitions that succeeded may not be registered.
 *
 * @param published the executions that have registered partitions, and published the result
 * @param others the executions for which this is not known
 */
record HeldExecutions(Set<String> published, Set<String> others) {

    HeldExecutions {
        published = Set.copyOf(published);
        others = Set.copyOf(others);
    }

    static final HeldExecutions NONE = new HeldExecutions(Set.of(), Set.of());

    static HeldExecutions of(List<ListedTable> tables) {
        return new HeldExecutions(
                lastRuns(tables, TableState::isResultPublished), lastRuns(tables, state -> !state.isResultPublished()));
    }

    private static Set<String> lastRuns(List<ListedTable> tables, Predicate<TableState> which) {
        return tables.stream()
                .filter(TableState.class::isInstance)
                .map(TableState.class::cast)
                .filter(TableState::isPartial)
                .filter(which)
                .flatMap(state -> state.runs().lastRun().flatMap(LastRun::execution).stream())
                .collect(Collectors.toSet());
    }

    /** Whether an execution is considered held. The record does not contain the end of a redrive. */
    boolean contain(ExecutionDetails listed) {
        return listed.mayBeHeld() && listed.redrives() == 0 && published.contains(listed.name());
    }

    /** Whether the execution has to be requested to find out if it is held. */
    boolean mayContain(ExecutionDetails listed) {
        return listed.mayBeHeld() && (published.contains(listed.name()) || others.contains(listed.name()));
    }
}
