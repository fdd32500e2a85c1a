package io.fanin.cli.execution;

import java.util.Optional;

/** An execution at one moment, with what Step Functions says of it. */
public record Moment(
        String status,
        ExecutionHistory history,
        Optional<MapProgress> items,
        Optional<String> output,
        Optional<String> error,
        Optional<String> cause) {

    private static final String RUNNING = "RUNNING";

    /** Items of the Map that is under way. */
    public record MapProgress(long done, long total) {}

    public boolean isOver() {
        return !RUNNING.equals(status) && !"PENDING_REDRIVE".equals(status);
    }
}
