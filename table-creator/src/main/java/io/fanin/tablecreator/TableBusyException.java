package io.fanin.tablecreator;

import io.fanin.model.run.RunId;
import io.fanin.model.table.TableName;

/**
 * Fails an execution that has lost the table's lease to another one: it had failed or was stopped, and was redriven
 * while the other one ran. It can be redriven again.
 */
public final class TableBusyException extends RuntimeException {

    public TableBusyException(TableName table, String holder) {
        super("Table " + table + " is busy: the execution " + holder
                + " is working on it, and only one at a time can."
                + " Nothing was changed: redrive this execution when that one has ended.");
    }

    /** For a run that continues although another one has found its execution ended and taken over its lease. */
    TableBusyException(TableName table, RunId run) {
        super("Table " + table + " was taken over by another execution since run " + run + " was found ended: nothing"
                + " more is changed. Redrive the execution if it is still needed.");
    }
}
