package io.fanin.cli;

import io.fanin.cli.aws.Deployment;
import io.fanin.cli.console.ExitCode;
import io.fanin.cli.table.RunSummary;
import io.fanin.model.table.TableName;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the last runs of a table. */
@Command(
        name = "runs",
        header = "Lists the last runs of a table.",
        description = "Newest first, each with its outcome.")
final class RunsCommand extends FaninCommand {

    @Parameters(paramLabel = "DATABASE.TABLE", description = "the table")
    private String table;

    @Option(
            names = "--max",
            paramLabel = "N",
            defaultValue = "10",
            description =
                    "list at most N (default: ${DEFAULT-VALUE}), of the last " + RunSummary.LOOKED_AT + " executions")
    private int most;

    /** The answer. */
    private record Answer(String table, List<RunSummary> runs) {}

    @Override
    ExitCode run() {
        TableName name = fanin.table(table);
        Deployment deployment = fanin.deployment();
        List<RunSummary> runs = RunSummary.of(name, most, fanin.executions(deployment), deployment::run);
        return fanin.console()
                .answer(new Answer(name.toString(), runs), () -> RunSummary.lines(name, runs), ExitCode.DONE);
    }
}
