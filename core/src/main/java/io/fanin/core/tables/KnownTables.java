package io.fanin.core.tables;

import java.util.List;

/**
 * The tables that the stack brings up to date, and those that it leaves out, each in the order of their names.
 *
 * @param disabled tables that only executions of their own bring up to date; they are among the left out ones, too
 * @param leftOut none of these is among the tables
 */
public record KnownTables(List<KnownTable> tables, List<KnownTable> disabled, List<SkippedTable> leftOut) {

    public KnownTables {
        tables = List.copyOf(tables);
        disabled = List.copyOf(disabled);
        leftOut = List.copyOf(leftOut);
    }

    /** Whether a table that is not among these certainly has no spec, and is in no database of the stack. */
    public boolean areComplete() {
        return SkippedTable.mistaken(leftOut).isEmpty();
    }
}
