package io.fanin.core.tables;

import java.util.List;

/**
 * The tables that the stack brings up to date, and what it passes over; both in the order of their names.
 *
 * @param leftOut never one of the tables
 */
public record KnownTables(List<KnownTable> tables, List<LeftOutTable> leftOut) {

    public KnownTables {
        tables = List.copyOf(tables);
        leftOut = List.copyOf(leftOut);
    }

    /** Whether it is certain that a table which is not among them has no spec. */
    public boolean allSpecsAreKnown() {
        return leftOut.stream().noneMatch(one -> one.reason() == LeftOutTable.Reason.UNREADABLE);
    }
}
