package io.fanin.cli;

import io.fanin.cli.aws.Deployment;
import io.fanin.cli.console.CommandFailedException;
import io.fanin.cli.console.ExitCode;
import io.fanin.cli.execution.SpecArgument;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a table. */
@Command(
        name = "run",
        header = "Starts an execution for a table, or for all of them, shows its progress, and prints its outcome.",
        description = {"Ctrl-C stops only the display: the execution continues."})
final class RunCommand extends FaninCommand {

    static final String SPEC =
            "table spec: a file, - for standard input, JSON, or DATABASE.TABLE for the table's stored spec, or its last run's";

    @Parameters(paramLabel = "SPEC", arity = "0..1", description = SPEC + "; with --all, the input of the run ({})")
    private Optional<String> spec;

    @Option(names = "--all", description = "run all tables that fanin tables lists")
    private boolean all;

    @Override
    ExitCode run() {
        if (all) {
            SpecArgument input = fanin.spec(spec.orElse("{}")).requiredOfAllTables();
            return new AllTables(fanin).run(input.content());
        }
        String argument =
                spec.orElseThrow(() -> new CommandFailedException("a spec is missing", "give SPEC, or --all"));
        Function<Deployment, SpecArgument> input = fanin.specOrTable(argument);
        ExecutionFollower followed = ExecutionFollower.by(fanin);
        return followed.answer(followed.run(input.apply(followed.deployment())));
    }
}
