package io.fanin.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.cli.console.ExitCode;
import io.fanin.cli.execution.PartitionArgument;
import io.fanin.cli.execution.SpecArgument;
import io.fanin.model.table.TableName;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Removes waivers from partitions of a table. */
@Command(
        name = "unwaive",
        header = "Takes waivers back.",
        description = "Partitions that were outstanding are outstanding again, and the next run tries them.")
final class UnwaiveCommand extends FaninCommand {

    @Parameters(index = "0", paramLabel = "DATABASE.TABLE", description = "the table")
    private String table;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "PARTITION",
            description = PartitionArgument.DESCRIPTION + "; one or more")
    private List<String> partitions;

    @Override
    ExitCode run() {
        TableName name = fanin.table(table);
        ExecutionFollower followed = ExecutionFollower.by(fanin);
        PartitionArgument.require(partitions, name, followed.deployment().catalog());
        ObjectNode input = PartitionArgument.inputFor(name);
        ArrayNode unwaive = input.putArray("unwaive");
        partitions.stream().map(PartitionArgument::read).forEach(unwaive::add);
        return followed.answer(followed.run(new SpecArgument(input)));
    }
}
