package io.fanin.core.catalog.table;

import io.fanin.core.catalog.CatalogException;
import io.fanin.model.table.TableName;

/** A table was dropped, and perhaps created again, while a run worked on it: its partitions went with it. */
public final class TableReplacedException extends CatalogException {

    /** @param what the table's state now, as the end of a clause */
    public TableReplacedException(TableName table, String what) {
        super("Table " + table + " " + what
                + ", and the partitions that were registered in it went with it. Start a new"
                + " execution for the table instead of redriving an earlier one.");
    }
}
