package io.fanin.core.execution;

import io.fanin.model.run.ExecutionStatuses;
import java.time.Instant;
import java.util.Optional;

/**
 * The status of an execution, and its result if it has ended.
 *
 * @param status in the terms of Step Functions
 * @param started when the execution was started, whenever it was redriven since; empty if not known
 * @param output in JSON, of an execution that has succeeded
 * @param error of an execution that has failed
 * @param cause as text, or a function's error response in JSON
 */
public record ExecutionEnd(
        String status,
        Optional<Instant> started,
        Optional<String> output,
        Optional<String> error,
        Optional<String> cause) {

    public boolean hasSucceeded() {
        return status.equals(ExecutionStatuses.SUCCEEDED);
    }

    /** Whether it may still change the table. */
    public boolean isAlive() {
        return ExecutionStatuses.isAlive(status);
    }
}
