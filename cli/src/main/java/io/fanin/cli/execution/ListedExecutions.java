package io.fanin.cli.execution;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Executions as listed, without their inputs and outputs.
 *
 * @param executions newest first
 * @param since the start of the oldest of the last executions; empty if these are all executions
 */
public record ListedExecutions(List<ExecutionDetails> executions, Optional<Instant> since) {

    public ListedExecutions {
        executions = List.copyOf(executions);
    }

    /** The execution of this name; empty if it is not among them. */
    public Optional<ExecutionDetails> find(String name) {
        return executions.stream().filter(one -> one.name().equals(name)).findFirst();
    }
}
