package io.fanin.tablecreator;

import io.fanin.core.run.RunId;
import io.fanin.core.table.TableName;

/**
 * Fails an execution that has lost its table to another one, which happens when it failed or was stopped and is redriven
 * while that one runs. It can be redriven again.
 */
public final class TableBusyException extends RuntimeException {

    public TableBusyException(TableName table, String holder) {
        super("Table " + table + " is busy: the execution " + holder + " is working on it, and one at a time may."
                + " Nothing was changed: redrive this execution when that one has ended.");
    }

    /** Of a run whose execution was found ended by another one, and goes on all the same. */
    TableBusyException(TableName table, RunId run) {
        super("Table " + table + " was taken over by another execution since run " + run + " was found ended: nothing"
                + " more is changed. Redrive the execution where it is needed still.");
    }
}
