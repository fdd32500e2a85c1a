package io.fanin.core.tables;

import java.util.List;

/**
 * The tables that the stack brings up to date, and what it passes over; both in the order of their names.
 *
 * @param disabled those that an execution of their own brings up to date alone; they are left out, too
 * @param leftOut never one of the tables
 */
public record KnownTables(List<KnownTable> tables, List<KnownTable> disabled, List<SkippedTable> leftOut) {

    public KnownTables {
        tables = List.copyOf(tables);
        disabled = List.copyOf(disabled);
        leftOut = List.copyOf(leftOut);
    }

    /** Whether it is certain that a table which is not among them has no spec. */
    public boolean allSpecsAreKnown() {
        return leftOut.stream()
                .map(SkippedTable::reason)
                .noneMatch(reason ->
                        reason == SkippedTable.Reason.UNREADABLE || reason == SkippedTable.Reason.SEVERAL_SPECS);
    }
}
