package io.fanin.statemachine.simulation;

import java.util.HashSet;
import java.util.Set;

/** What must be true of the table's columns when a function has changed the table. */
final class ColumnOracle {

    private final ObservedState observed;

    /** Runs whose detectors have found columns lacking, or no table: they may add what their specs have more. */
    private final Set<String> mayAdd = new HashSet<>();

    ColumnOracle(ObservedState observed) {
        this.observed = observed;
    }

    /** A detector has read the table. */
    void seenBy(FunctionRun detector) {
        if (observed.catalog().columns().size() < SimulatedSpecs.COLUMNS.size()) {
            mayAdd.add(detector.run());
        }
    }

    /** A function has changed the table: what others said of it stays, and a column that they removed does. */
    void changed(FunctionRun invocation, CatalogView before) {
        CatalogView catalog = observed.catalog();
        boolean isAdded = catalog.columns().size() > before.columns().size();
        observed.require(
                isAdded
                        ? before.withoutColumns().equals(catalog.withoutColumns())
                                && catalog.columns().containsAll(before.columns())
                        : before.description().equals(catalog.description()),
                "what others said of the table was changed from " + before.description() + " to "
                        + catalog.description());
        observed.require(
                !isAdded || mayAdd.contains(invocation.run()),
                invocation.run() + " has added a column that was removed after it had looked");
    }
}
