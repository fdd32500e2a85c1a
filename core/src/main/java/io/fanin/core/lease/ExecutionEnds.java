package io.fanin.core.lease;

import java.util.Optional;

/** How executions stand. */
@FunctionalInterface
public interface ExecutionEnds {

    /** Empty where there is no execution of this ARN. */
    Optional<ExecutionEnd> of(String executionArn);
}
