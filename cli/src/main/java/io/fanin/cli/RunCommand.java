package io.fanin.cli;

import io.fanin.cli.console.CommandFailedException;
import io.fanin.cli.execution.SpecArgument;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Runs a table. */
@Command(
        name = "run",
        header =
                "Starts an execution for a table, or for all of them, shows its progress, and ends with what came of it.",
        description = {"Ctrl-C ends only the showing: the execution goes on."})
final class RunCommand implements Callable<Integer> {

    @ParentCommand
    private Fanin fanin;

    @Parameters(
            paramLabel = "SPEC",
            arity = "0..1",
            description =
                    "table spec: a file, - for standard input, or JSON; with --all, what the run is started with ({})")
    private Optional<String> spec;

    @Option(names = "--all", description = "run all tables that fanin tables lists")
    private boolean all;

    @Override
    public Integer call() {
        if (all) {
            return new AllTables(fanin)
                    .run(SpecArgument.read(
                                    spec.orElse("{}"), fanin.surroundings().standardInput())
                            .content());
        }
        SpecArgument argument = SpecArgument.read(
                spec.orElseThrow(() -> new CommandFailedException("a spec is missing", "give SPEC, or --all")),
                fanin.surroundings().standardInput());
        Followed followed = new Followed(fanin);
        return followed.answer(followed.run(argument));
    }
}
