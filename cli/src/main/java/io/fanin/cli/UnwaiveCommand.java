package io.fanin.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.cli.console.ExitCode;
import io.fanin.cli.execution.PartitionArgument;
import io.fanin.cli.execution.SpecArgument;
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
        ObjectNode input = PartitionArgument.inputFor(fanin.table(table));
        ArrayNode unwaive = input.putArray("unwaive");
        partitions.stream().map(PartitionArgument::read).forEach(unwaive::add);
        ExecutionFollower followed = ExecutionFollower.by(fanin);
        return followed.answer(followed.run(new SpecArgument(input)));
    }
}
