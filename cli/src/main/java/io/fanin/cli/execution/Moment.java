package io.fanin.cli.execution;

import java.util.Optional;

/**
 * A snapshot of an execution.
 *
 * @param items empty where no Map is under way
 */
public record Moment(ExecutionDetails execution, ExecutionHistory history, Optional<MapProgress> items) {

    /** Items of the Map that is under way. */
    public record MapProgress(long done, long total) {}

    public boolean isOver() {
        return !execution.isRunning();
    }
}
