package io.fanin.core.lease;

import java.util.Optional;

/**
 * How an execution stands.
 *
 * @param status as Step Functions names it
 * @param output in JSON, of an execution that has succeeded
 * @param error of an execution that has failed
 * @param cause in words, or what a function answered, in JSON
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
