package io.fanin.core.execution;

import java.util.Optional;

/** Looks up the status and the results of executions. */
@FunctionalInterface
public interface ExecutionEnds {

    /** The status of an execution; empty if there is no execution with this ARN. */
    Optional<ExecutionEnd> of(String executionArn);
}
