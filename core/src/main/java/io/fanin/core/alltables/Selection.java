package io.fanin.core.alltables;

import io.fanin.core.tables.SkippedTable;
import java.util.List;

/** The tables of a run of all tables, and those that it leaves out. */
public record Selection(int version, List<TableItem> items, List<SkippedTable> leftOut) {

    /** The version of this document's shape. */
    public static final int VERSION = 1;

    public Selection {
        items = List.copyOf(items);
        leftOut = List.copyOf(leftOut);
    }
}
