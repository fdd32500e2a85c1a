package io.fanin.cli;

import io.fanin.cli.aws.Deployment;
import io.fanin.cli.console.ExitCode;
import io.fanin.cli.console.NumberOption;
import io.fanin.cli.table.TableRuns;
import io.fanin.model.table.TableName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the last runs of a table. */
@Command(
        name = "runs",
        header = "Lists the last runs of a table.",
        description = {
            "Newest first, each with its outcome: those with a pass from the table's history, others from lists of executions.",
            "Costs a few requests, however many executions of other tables there are."
        })
final class RunsCommand extends FaninCommand {

    @Parameters(paramLabel = "DATABASE.TABLE", description = "the table")
    private String table;

    @Option(
            names = "--max",
            paramLabel = "N",
            defaultValue = "10",
            description = "list at most N (default: ${DEFAULT-VALUE})")
    private int most;

    @Override
    ExitCode run() {
        NumberOption.requirePositive("--max", most);
        TableName name = fanin.table(table);
        Deployment deployment = fanin.deployment();
        TableRuns runs = TableRuns.of(name, most, deployment, fanin.executions(deployment));
        return fanin.console().answer(runs, runs::lines, ExitCode.DONE);
    }
}
