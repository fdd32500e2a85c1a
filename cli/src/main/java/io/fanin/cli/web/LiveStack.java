package io.fanin.cli.web;

import io.fanin.cli.aws.Deployment;
import io.fanin.cli.console.CommandFailedException;
import io.fanin.cli.console.Hints;
import io.fanin.cli.execution.ExecutionDetails;
import io.fanin.cli.execution.Executions;
import io.fanin.cli.table.StackPages;
import io.fanin.model.run.RunId;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;

/**
 * The stack whose pages are served; data is read only when a page with it is requested.
 *
 * @param explained the message of commands for a failure
 */
public record LiveStack(
        Deployment stack,
        Executions executions,
        Hints hints,
        Clock clock,
        Function<RuntimeException, CommandFailedException> explained) {

    StackPages pages() {
        return new StackPages(stack, clock);
    }

    /** A run's execution; empty if it is no longer known. */
    Optional<ExecutionDetails> execution(RunId run) {
        return Executions.nameOf(run, () -> stack.run(run).report()).flatMap(executions::find);
    }
}
