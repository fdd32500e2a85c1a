package io.fanin.cli;

import io.fanin.cli.aws.Deployment;
import io.fanin.cli.console.CommandFailedException;
import io.fanin.cli.console.ExitCode;
import io.fanin.cli.console.NumberOption;
import io.fanin.cli.table.RunsOfAllTables;
import io.fanin.cli.table.TableRuns;
import io.fanin.model.table.TableName;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the last runs of a table, or of all tables. */
@Command(
        name = "runs",
        header = "Lists the last runs of a table, or the last runs of all tables.",
        description = {
            "Newest first, each with its outcome. Of a table, those with a pass come from its history, others from lists of"
                    + " executions: a few requests, however many executions of other tables there are."
        })
final class RunsCommand extends FaninCommand {

    @Parameters(paramLabel = "DATABASE.TABLE", arity = "0..1", description = "the table")
    private Optional<String> table;

    @Option(names = "--all", description = "list the runs of all tables")
    private boolean all;

    @Option(
            names = "--max",
            paramLabel = "N",
            defaultValue = "10",
            description = "list at most N (default: ${DEFAULT-VALUE})")
    private int most;

    @Override
    ExitCode run() {
        NumberOption.requirePositive("--max", most);
        if (all == table.isPresent()) {
            throw new CommandFailedException(
                    "expected a table or --all, " + (all ? "not both" : "and got neither"), "see fanin runs --help");
        }
        Optional<TableName> name = table.map(fanin::table);
        Deployment deployment = fanin.deployment();
        if (name.isEmpty()) {
            RunsOfAllTables runs = RunsOfAllTables.newest(most, deployment, fanin.executionsOfAllTables(deployment));
            return fanin.console().answer(runs, () -> runs.lines(fanin.hints()), ExitCode.DONE);
        }
        TableRuns runs = TableRuns.of(name.get(), most, deployment, fanin.executions(deployment));
        return fanin.console().answer(runs, runs::lines, ExitCode.DONE);
    }
}
