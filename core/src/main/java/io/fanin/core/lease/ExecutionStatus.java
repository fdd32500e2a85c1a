package io.fanin.core.lease;

import io.fanin.model.run.Execution;

/** Whether an execution may still do something. */
@FunctionalInterface
public interface ExecutionStatus {

    /** False once the execution has ended, and where there is none of this ARN. */
    boolean isAlive(String executionArn);

    /** The same, asked by an invocation of the execution: an answer from before the redrive that it belongs to does not count. */
    default boolean isAlive(Execution execution) {
        return isAlive(execution.id());
    }
}
