package io.fanin.core.lease;

import java.util.Optional;

/**
 * The state of an execution.
 *
 * @param status as Step Functions names it
 * @param output in JSON, of an execution that has succeeded
 * @param error of an execution that has failed
 * @param cause as text, or a function's error response in JSON
 */
public record ExecutionEnd(String status, Optional<String> output, Optional<String> error, Optional<String> cause) {

    public boolean hasSucceeded() {
        return status.equals("SUCCEEDED");
    }

    /** Whether it may still do something. */
    public boolean isAlive() {
        return status.equals("RUNNING") || status.equals("PENDING_REDRIVE");
    }
}
