package io.fanin.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.cli.execution.PartitionArgument;
import io.fanin.cli.execution.SpecArgument;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Takes back that partitions of a table were given up. */
@Command(
        name = "unwaive",
        header = "Takes waivers back.",
        description = "What was outstanding of the partitions is outstanding again, and the next run tries it.")
final class UnwaiveCommand implements Callable<Integer> {

    @ParentCommand
    private Fanin fanin;

    @Parameters(index = "0", paramLabel = "DATABASE.TABLE", description = "the table")
    private String table;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "PARTITION", description = PartitionArgument.DESCRIPTION)
    private List<String> partitions;

    @Override
    public Integer call() {
        ObjectNode input = PartitionArgument.inputFor(fanin.table(table));
        ArrayNode unwaive = input.putArray("unwaive");
        partitions.stream().map(PartitionArgument::read).forEach(unwaive::add);
        Followed followed = new Followed(fanin);
        return followed.answer(followed.run(new SpecArgument(input)));
    }
}
