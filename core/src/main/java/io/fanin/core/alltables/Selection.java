package io.fanin.core.alltables;

import io.fanin.core.tables.SkippedTable;
import java.util.List;

/**
 * The tables of a run of all tables, and those that it leaves out.
 *
 * @param items the tables for which the run starts executions
 * @param upToDate the tables that need none; none of them is among the items
 * @param unfiltered whether the run looked at all tables, and not only at those of its input or with events
 */
public record Selection(
        int version,
        List<TableItem> items,
        List<SkippedTable> leftOut,
        List<UpToDateTable> upToDate,
        Boolean unfiltered) {

    /** The version of this document's shape. */
    public static final int VERSION = 1;

    /** A document without {@code upToDate} has none, and one without {@code unfiltered} may lack tables. */
    public Selection {
        items = List.copyOf(items);
        leftOut = List.copyOf(leftOut);
        upToDate = upToDate == null ? List.of() : List.copyOf(upToDate);
        unfiltered = unfiltered != null && unfiltered;
    }
}
