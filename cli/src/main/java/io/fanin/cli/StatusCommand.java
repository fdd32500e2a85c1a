package io.fanin.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.fanin.cli.aws.Deployment;
import io.fanin.cli.console.CommandFailedException;
import io.fanin.cli.console.ExitCode;
import io.fanin.cli.table.FailedLately;
import io.fanin.cli.table.FailedSince;
import io.fanin.cli.table.ListedTable;
import io.fanin.cli.table.TableSpecs;
import io.fanin.cli.table.TableState;
import io.fanin.cli.table.TableStateText;
import io.fanin.cli.table.TableStates;
import io.fanin.core.record.TableRecord;
import io.fanin.model.run.detection.UnfitNames;
import io.fanin.model.table.TableName;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the state of tables. */
@Command(
        name = "status",
        header = "Shows the state of one table, or of all.",
        description = {
            "Complete or partial, how far it is complete and how far that is behind, what is outstanding, and its last run.",
            "It costs a few requests, whatever the size of the table.",
            "Without a table: every table that this stack has a record of, with one request per table, plus one per hundred;"
                    + " and executions that failed within a day.",
            "Tables of which no run has registered a partition yet: see fanin tables."
        })
final class StatusCommand extends FaninCommand {

    @Parameters(paramLabel = "DATABASE.TABLE", arity = "0..1", description = "the table; all if it is left out")
    private Optional<String> table;

    @Option(names = "--all", paramLabel = "EXECUTION", description = "how this run of all tables ended, table by table")
    private Optional<String> all;

    /** The answer for all tables. */
    private record Overview(
            List<ListedTable> tables, @JsonUnwrapped FailedLately lately) {}

    @Override
    ExitCode run() {
        if (all.isPresent() && table.isPresent()) {
            throw new CommandFailedException("give a table, or --all, and not both", "see fanin status --help");
        }
        if (all.isPresent()) {
            return new AllTables(fanin).show(all.get());
        }
        Optional<TableName> name = table.map(fanin::table);
        Deployment deployment = fanin.deployment();
        TableStates states = new TableStates(
                deployment,
                fanin.executions(deployment),
                fanin.commandEnvironment().clock(),
                fanin.hints());
        TableStateText text = new TableStateText(fanin.hints());
        if (name.isEmpty()) {
            List<ListedTable> all = states.all();
            FailedLately failed = states.failedLately(fanin.executionsOfAllTables(deployment), all);
            ExitCode worst = ExitCode.worst(all.stream().map(ListedTable::exitCode));
            return fanin.console().answer(new Overview(all, failed), () -> text.overview(all, failed), worst);
        }
        TableState state = states.find(name.get()).orElseThrow(() -> noTable(name.get(), deployment, states));
        return fanin.console().answer(state, () -> text.lines(state), state.exitCode());
    }

    /** The failure for a table without a state; a run creates no table if it finds no partitions. */
    private CommandFailedException noTable(TableName name, Deployment deployment, TableStates states) {
        CommandFailedException absent = fanin.noTable(name);
        Optional<String> running = states.running(name);
        if (running.isPresent()) {
            return new CommandFailedException(
                    absent.getMessage() + " yet: execution " + running.get() + " is working on it",
                    "look at its runs: " + fanin.hints().command("runs", name.toString()));
        }
        Optional<FailedSince> failed = states.failedWithoutRun(name);
        if (failed.isPresent()) {
            List<String> lines = failed.get().lines();
            return new CommandFailedException(
                    absent.getMessage() + ". " + lines.getFirst(),
                    lines.stream()
                            .skip(1)
                            .map(String::strip)
                            .findFirst()
                            .orElseGet(() -> absent.hint().orElse("")));
        }
        TableRecord record = deployment.records().read(name);
        if (record.isLeftOut()) {
            return new CommandFailedException(
                    absent.getMessage() + "; runs of all tables leave it out",
                    "why: " + fanin.hints().command("tables"));
        }
        if (record.unfit().isPresent()) {
            UnfitNames unfit = record.unfit().get();
            return new CommandFailedException(absent.getMessage() + "; " + unfit.text(), unfit.advice());
        }
        return new TableSpecs(deployment, fanin.hints())
                .stored(name)
                .map(uri -> new CommandFailedException(
                        absent.getMessage() + " yet: its spec is stored (" + uri
                                + "), and no run has registered a partition",
                        "what a run would find: " + fanin.hints().command("plan", name.toString())))
                .orElse(absent);
    }
}
