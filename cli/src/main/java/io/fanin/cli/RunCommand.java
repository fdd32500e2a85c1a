package io.fanin.cli;

import io.fanin.cli.execution.SpecArgument;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Runs a table. */
@Command(
        name = "run",
        header = "Starts an execution for a table, shows its progress, and ends with what came of it.",
        description = {"Ctrl-C ends only the showing: the execution goes on."})
final class RunCommand implements Callable<Integer> {

    @ParentCommand
    private Fanin fanin;

    @Parameters(paramLabel = "SPEC", description = "table spec: a file, - for standard input, or JSON")
    private String spec;

    @Override
    public Integer call() {
        SpecArgument argument = SpecArgument.read(spec, fanin.surroundings().standardInput());
        Followed followed = new Followed(fanin);
        return followed.answer(followed.run(argument));
    }
}
