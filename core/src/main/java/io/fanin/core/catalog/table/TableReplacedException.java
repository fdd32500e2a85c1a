package io.fanin.core.catalog.table;

import io.fanin.core.catalog.CatalogException;
import io.fanin.model.table.TableName;

/**
 * A table was dropped, created again, or changed by somebody else while a run worked on it: the run cannot register in
 * it any more.
 */
public final class TableReplacedException extends CatalogException {

    /**
     * A table that was dropped, and perhaps created again: its partitions went with it.
     *
     * @param what the table's state now, as the end of a clause
     */
    public TableReplacedException(TableName table, String what) {
        this("Table " + table + " " + what
                + ", and the partitions that were registered in it went with it. Start a new"
                + " execution for the table instead of redriving an earlier one.");
    }

    private TableReplacedException(String message) {
        super(message);
    }

    /**
     * A table that is still there, changed so that nothing can be registered in it as the run has processed it.
     *
     * @param how its difference from what the run was begun for, as the end of a clause
     */
    static TableReplacedException changed(TableName table, String how) {
        return new TableReplacedException("no partition can be registered: table " + table + " " + how
                + ". Start a new execution for the table instead of redriving an earlier one.");
    }

    /** A table whose columns others have changed while columns were added. */
    public static TableReplacedException changedColumns(TableName table) {
        return new TableReplacedException("the columns of table " + table
                + " were changed while the run was under way, so that none can be added at their end: start a new"
                + " execution with a spec whose first columns are the table's");
    }
}
