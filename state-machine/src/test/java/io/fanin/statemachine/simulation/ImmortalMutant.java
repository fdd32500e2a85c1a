package io.fanin.statemachine.simulation;

import io.fanin.core.execution.ExecutionStatus;
import io.fanin.model.run.Execution;

/** Considers an execution alive as long as one of its functions asks. */
record ImmortalMutant(ExecutionStatus executions) implements ExecutionStatus {

    @Override
    public boolean isAlive(String executionArn) {
        return executions.isAlive(executionArn);
    }

    @Override
    public boolean isAlive(Execution execution) {
        return true;
    }
}
