package io.fanin.cli;

import io.fanin.cli.aws.Deployment;
import io.fanin.cli.execution.PartitionArgument;
import io.fanin.cli.table.Explainer;
import io.fanin.cli.table.Explanation;
import io.fanin.core.table.TableName;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Tells all that is known of a partition. */
@Command(
        name = "explain",
        header = "Tells all that is known of one partition.",
        description = {
            "Whether, when and by which run it was registered, its attempts and last error, and why it is not processed."
        })
final class ExplainCommand implements Callable<Integer> {

    @ParentCommand
    private Fanin fanin;

    @Parameters(index = "0", paramLabel = "DATABASE.TABLE", description = "the table")
    private String table;

    @Parameters(index = "1", paramLabel = "PARTITION", description = PartitionArgument.DESCRIPTION)
    private String partition;

    @Override
    public Integer call() {
        TableName name = fanin.table(table);
        Deployment deployment = fanin.deployment();
        Explanation explanation = new Explainer(
                        deployment.catalog(),
                        deployment.records(),
                        deployment.leases(),
                        deployment::run,
                        deployment.clients().pages())
                .explain(name, partition, fanin.noTable(name));
        fanin.console().answer(explanation, explanation::lines);
        return explanation.exitCode().code();
    }
}
