package io.fanin.cli;

import io.fanin.cli.aws.Deployment;
import io.fanin.cli.console.ExitCode;
import io.fanin.cli.table.RunSummary;
import io.fanin.core.table.TableName;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Lists the last runs of a table. */
@Command(
        name = "runs",
        header = "Lists the last runs of a table.",
        description = "Newest first, with what came of each.")
final class RunsCommand implements Callable<Integer> {

    @ParentCommand
    private Fanin fanin;

    @Parameters(paramLabel = "DATABASE.TABLE", description = "the table")
    private String table;

    @Option(
            names = "--max",
            paramLabel = "N",
            defaultValue = "10",
            description = "list so many at most (default: ${DEFAULT-VALUE}), of the last " + RunSummary.LOOKED_AT
                    + " executions")
    private int most;

    /** The answer. */
    private record Answer(String table, List<RunSummary> runs) {}

    @Override
    public Integer call() {
        TableName name = fanin.table(table);
        Deployment deployment = fanin.deployment();
        List<RunSummary> runs = RunSummary.of(name, most, fanin.executions(deployment), deployment::run);
        fanin.console().answer(new Answer(name.toString(), runs), () -> RunSummary.lines(name, runs));
        return ExitCode.DONE.code();
    }
}
