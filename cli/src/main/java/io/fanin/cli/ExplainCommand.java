package io.fanin.cli;

import io.fanin.cli.console.ExitCode;
import io.fanin.cli.execution.PartitionArgument;
import io.fanin.cli.table.Explainer;
import io.fanin.cli.table.Explanation;
import io.fanin.model.table.TableName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Explains the state of a partition. */
@Command(
        name = "explain",
        header = "Shows everything known about one partition.",
        description = {
            "Whether, when and by which run it was registered, its attempts and last error, and why it is not processed."
        })
final class ExplainCommand extends FaninCommand {

    @Parameters(index = "0", paramLabel = "DATABASE.TABLE", description = "the table")
    private String table;

    @Parameters(index = "1", paramLabel = "PARTITION", description = PartitionArgument.DESCRIPTION)
    private String partition;

    @Override
    ExitCode run() {
        TableName name = fanin.table(table);
        Explanation explanation = new Explainer(
                        fanin.deployment(), fanin.commandEnvironment().clock().instant())
                .explain(name, partition, fanin.noTable(name));
        return fanin.console().answer(explanation, () -> explanation.lines(fanin.hints()), explanation.exitCode());
    }
}
