package io.fanin.cli.execution;

import io.fanin.model.names.InputNames;
import java.time.Clock;
import java.util.Map;

/** Starts executions and redrives them; callers decide whether to follow them. */
public record ExecutionStarts(Executions executions, Clock clock) {

    /**
     * An execution that continues another one's work.
     *
     * @param isRedriven whether it is that execution itself, rather than a new one
     */
    public record Redriven(String arn, boolean isRedriven) {}

    /** Starts an execution with this input and returns its ARN. */
    public String start(SpecArgument argument) {
        return executions.start(argument.executionName(clock.instant()), argument.content());
    }

    /**
     * Redrives an execution that has ended; if the endpoint has no redrives, starts a new one for the failed
     * partitions.
     */
    public Redriven redrive(ExecutionDetails ended) {
        if (executions.redrive(ended.arn())) {
            return new Redriven(ended.arn(), true);
        }
        String name = SpecArgument.executionNameAfter(ended.name(), clock.instant());
        return new Redriven(executions.start(name, Map.of(InputNames.REDRIVE_OF, ended.name())), false);
    }
}
