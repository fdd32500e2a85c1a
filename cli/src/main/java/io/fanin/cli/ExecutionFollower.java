package io.fanin.cli;

import io.fanin.cli.aws.Deployment;
import io.fanin.cli.console.CommandFailedException;
import io.fanin.cli.console.Console;
import io.fanin.cli.console.ExitCode;
import io.fanin.cli.execution.ExecutionStarts;
import io.fanin.cli.execution.Executions;
import io.fanin.cli.execution.Moment;
import io.fanin.cli.execution.Outcome;
import io.fanin.cli.execution.OutcomeText;
import io.fanin.cli.execution.Outcomes;
import io.fanin.cli.execution.ProgressLines;
import io.fanin.cli.execution.SpecArgument;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;

/** Starts executions for a command and follows them to their end. */
record ExecutionFollower(Fanin fanin, Console console, Deployment deployment, Executions executions) {

    static ExecutionFollower by(Fanin fanin) {
        Deployment deployment = fanin.deployment();
        return new ExecutionFollower(fanin, fanin.console(), deployment, fanin.executions(deployment));
    }

    /** Starts an execution with this input, and follows it. */
    Outcome run(SpecArgument argument) {
        return started(starts().start(argument));
    }

    /** Follows an execution that has been started. */
    Outcome started(String arn) {
        console.say("Execution " + Executions.name(arn));
        return follow(arn);
    }

    ExecutionStarts starts() {
        return new ExecutionStarts(executions, fanin.commandEnvironment().clock());
    }

    /** Shows the execution until its end. */
    Outcome follow(String arn) {
        return new Outcomes(deployment::run).of(toTheEnd(arn, "status"));
    }

    /**
     * Shows the execution until its end. An interruption prints that the execution continues, and how to follow and
     * stop it.
     *
     * @param follow the words of the command with which to follow it
     * @throws CommandFailedException if its state can no longer be requested; the execution continues
     */
    Moment toTheEnd(String arn, String... follow) {
        String again = fanin.hints().command(follow) + ", or " + ofExecution("describe-execution", arn);
        try {
            return fanin.warningAtInterruption(
                    notice(arn, again),
                    () -> executions
                            .watch()
                            .follow(
                                    arn,
                                    new ProgressLines(console.progress(), console.isTerminal(), System::nanoTime)));
        } catch (SdkException e) {
            CommandFailedException failure = new FailureMessages(fanin).explained(e);
            String goesOn =
                    "the execution " + Executions.name(arn) + " goes on: do not start it again, follow it: " + again;
            throw new CommandFailedException(
                    failure.getMessage(),
                    failure.hint().map(hint -> hint + ". But " + goesOn).orElse(goesOn),
                    e);
        }
    }

    /** Prints the outcome of an execution. */
    ExitCode answer(Outcome outcome) {
        return answer(outcome, outcome, List.of());
    }

    /** Prints the outcome of an execution, with another document in JSON and additional lines in text. */
    ExitCode answer(Outcome outcome, Object document, List<String> more) {
        List<String> lines = new OutcomeText(fanin.hints()).lines(outcome);
        return console.answer(
                document,
                () -> Stream.concat(lines.stream(), more.stream()).toList(),
                outcome.result().exitCode());
    }

    private List<String> notice(String arn, String again) {
        return List.of(
                "",
                "The execution goes on: " + Executions.name(arn),
                "  follow it: " + again,
                "  stop it: " + ofExecution("stop-execution", arn));
    }

    private String ofExecution(String operation, String arn) {
        return fanin.endpoint().awsCommand("stepfunctions", operation, "--execution-arn", arn);
    }
}
