package io.fanin.core.execution;

import io.fanin.model.run.Execution;

/** Tells whether an execution may still change its table; its lease is free otherwise. */
@FunctionalInterface
public interface ExecutionStatus {

    /** Whether an execution is running; false if it has ended, or does not exist. */
    boolean isAlive(String executionArn);

    /**
     * Whether the execution of the calling invocation may still change its table: a status from before the redrive to
     * which the invocation belongs is ignored.
     */
    default boolean isAlive(Execution execution) {
        return isAlive(execution.id());
    }
}
