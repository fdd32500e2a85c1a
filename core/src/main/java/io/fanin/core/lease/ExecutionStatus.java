package io.fanin.core.lease;

/** Whether an execution may still do something. */
@FunctionalInterface
public interface ExecutionStatus {

    /** False once the execution has ended, and where there is none of this ARN. */
    boolean isAlive(String executionArn);
}
