package io.fanin.cli.execution;

import java.util.Optional;

/**
 * A snapshot of an execution.
 *
 * @param items empty if no Map is running
 */
public record Moment(ExecutionDetails execution, ExecutionHistory history, Optional<MapProgress> items) {

    /** The items of the running Map. */
    public record MapProgress(long done, long total) {}

    public boolean isOver() {
        return !execution.isRunning();
    }
}
