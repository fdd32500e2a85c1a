package io.fanin.detector.events;

import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.table.TableName;
import java.util.Optional;

/** A table whose data arrives at a location. */
sealed interface IndexedTable {

    /**
     * A table that takes events.
     *
     * @param specUri of its spec; empty if the catalog contains everything
     * @param spec resolved
     * @param guessesLayout whether neither the spec nor the catalog states the layout of a table that is there: it has
     *     had no run yet, or another tool has removed what a run had written
     */
    record Listening(TableName name, Optional<String> specUri, ResolvedSpec spec, boolean guessesLayout)
            implements IndexedTable {}

    /** A table with another detection mode. */
    record OtherMode() implements IndexedTable {}

    /**
     * A table that may take events, and whose spec cannot be used: it is invalid, one of several, contradicts the
     * catalog, or the catalog refuses the table.
     *
     * @param name of the table, or the URI of the spec
     */
    record Broken(String name, String why) implements IndexedTable {}
}
