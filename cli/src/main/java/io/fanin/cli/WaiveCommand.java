package io.fanin.cli;

import io.fanin.cli.console.ExitCode;
import io.fanin.cli.execution.Outcome;
import io.fanin.cli.execution.PartitionArgument;
import io.fanin.cli.execution.WaiverArgument;
import io.fanin.cli.table.WaiverCheck;
import io.fanin.model.table.TableName;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Waives partitions of a table. */
@Command(
        name = "waive",
        header = "Gives up partitions that will never come back.",
        description = {
            "They are no longer outstanding, and are listed with who, when and why until their data changes, the waiver expires,"
                    + " or unwaive takes it back."
        })
final class WaiveCommand extends FaninCommand {

    @Parameters(index = "0", paramLabel = "DATABASE.TABLE", description = "the table")
    private String table;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "PARTITION",
            description = PartitionArgument.DESCRIPTION + "; one or more")
    private List<String> partitions;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "why they will not come back")
    private String reason;

    @Option(
            names = "--until",
            paramLabel = "MOMENT",
            description = "when the waiver expires, such as 2026-12-01T00:00:00Z (default: never)")
    private Optional<String> until;

    @Option(
            names = "--by",
            paramLabel = "NAME",
            description = "who waives them (default: the caller's ARN, or user name)")
    private Optional<String> by;

    @Override
    ExitCode run() {
        until.ifPresent(moment -> WaiverArgument.requireLater(
                moment, fanin.commandEnvironment().clock().instant()));
        ExecutionFollower followed = ExecutionFollower.by(fanin);
        TableName name = fanin.table(table);
        WaiverCheck.Found found = new WaiverCheck(
                        followed.deployment(), fanin.commandEnvironment().clock())
                .check(name, partitions, fanin.hints());
        found.warnings().forEach(fanin.console()::warn);
        String who = by.orElseGet(() -> followed.deployment().clients().caller());
        Outcome outcome = followed.run(new WaiverArgument(reason, who, until).inputFor(name, found.partitions()));
        return followed.answer(outcome, outcome, linesAfter(outcome, name, found));
    }

    private List<String> linesAfter(Outcome outcome, TableName name, WaiverCheck.Found found) {
        if (outcome.leavesTableUnchanged()) {
            return List.of("Nothing was waived.");
        }
        if (outcome.result() == Outcome.Result.FAILED || outcome.result() == Outcome.Result.BUSY) {
            return List.of("Whether they are waived: " + fanin.hints().command("status", name.toString()));
        }
        if (!found.warnings().isEmpty()) {
            fanin.console().warn("Waived all the same: take a wrong waiver back with unwaive");
        }
        return found.missing()
                ? List.of(
                        "A waived period without a prefix stops being missing with the next run that lists the table: "
                                + fanin.hints().ofWholeTable("run", name.toString()))
                : List.of();
    }
}
