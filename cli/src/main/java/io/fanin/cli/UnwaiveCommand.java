package io.fanin.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.cli.console.ExitCode;
import io.fanin.cli.execution.Outcome;
import io.fanin.cli.execution.PartitionArgument;
import io.fanin.cli.execution.SpecArgument;
import io.fanin.cli.table.WaiverCheck;
import io.fanin.model.names.InputNames;
import io.fanin.model.table.TableName;
import io.fanin.model.text.LogSafe;
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

    /** The answer where none of the partitions is waived. */
    private record NotWaived(String table, Outcome.Result result, List<String> notWaived) {}

    @Override
    ExitCode run() {
        TableName name = fanin.table(table);
        ExecutionFollower followed = ExecutionFollower.by(fanin);
        WaiverCheck.ToUnwaive found = new WaiverCheck(
                        followed.deployment(), fanin.commandEnvironment().clock())
                .unwaived(name, partitions);
        List<String> notWaived = found.notWaived();
        if (notWaived.size() == partitions.size()) {
            return fanin.console()
                    .answer(
                            new NotWaived(name.toString(), Outcome.Result.NOTHING_NEW, notWaived),
                            () -> lines(notWaived),
                            ExitCode.DONE);
        }
        lines(notWaived).forEach(fanin.console()::warn);
        ObjectNode input = PartitionArgument.inputFor(name);
        ArrayNode unwaive = input.putArray(InputNames.UNWAIVE);
        found.partitions().stream().map(PartitionArgument::read).forEach(unwaive::add);
        return followed.answer(followed.run(new SpecArgument(input).required()));
    }

    private static List<String> lines(List<String> notWaived) {
        return notWaived.stream()
                .map(partition -> LogSafe.of(partition + " is not waived: nothing is done about it"))
                .toList();
    }
}
