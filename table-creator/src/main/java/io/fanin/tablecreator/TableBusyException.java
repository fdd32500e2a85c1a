package io.fanin.tablecreator;

import io.fanin.core.lease.Leases;
import io.fanin.model.run.RunId;
import io.fanin.model.table.TableName;

/**
 * Fails an execution that has lost the table's lease to another one: it had failed or was stopped, and was redriven
 * while the other one ran. It can be redriven again.
 */
public final class TableBusyException extends RuntimeException {

    TableBusyException(TableName table, Leases.HeldBy other) {
        super(other.busyMessage(table));
    }

    /** For a run that continues although another one has found its execution ended and taken over its lease. */
    TableBusyException(TableName table, RunId run) {
        super("Table " + table + " was taken over by another execution since run " + run + " was found ended: nothing"
                + " more is changed. Redrive the execution if it is still needed.");
    }
}
