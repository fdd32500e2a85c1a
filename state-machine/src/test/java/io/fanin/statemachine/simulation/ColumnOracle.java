package io.fanin.statemachine.simulation;

import java.util.HashSet;
import java.util.Set;

/** The rules for the table's columns after a function has changed the table. */
final class ColumnOracle {

    private final ObservedState observed;

    /** Runs whose detectors found columns or the table missing: they may add their specs' additional columns. */
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

    /**
     * Called when a function has changed the table: what others have described must be unchanged, and columns that they
     * removed must stay removed.
     */
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
