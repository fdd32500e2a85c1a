package io.fanin.core.lease;

import io.fanin.model.run.Execution;
import io.fanin.model.table.TableName;

/**
 * Fails an invocation that outlives its execution and would take a table's lease again. The state machine repeats it:
 * Step Functions may still say of an execution that has just been redriven that it has ended.
 */
public final class ExecutionEndedException extends RuntimeException {

    ExecutionEndedException(TableName table, Execution execution) {
        super("The execution " + execution.id() + " has ended, and no longer holds the lease of table " + table
                + ": nothing was changed. Redrive it if it is still needed.");
    }
}
