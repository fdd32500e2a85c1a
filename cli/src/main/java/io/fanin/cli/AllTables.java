package io.fanin.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.cli.aws.Deployment;
import io.fanin.cli.console.CommandFailedException;
import io.fanin.cli.console.Console;
import io.fanin.cli.console.ExitCode;
import io.fanin.cli.console.Grid;
import io.fanin.cli.execution.AllTablesEnd;
import io.fanin.cli.execution.ExecutionDetails;
import io.fanin.cli.execution.Executions;
import io.fanin.cli.execution.SpecArgument;
import io.fanin.core.alltables.AllTablesReport;
import io.fanin.core.alltables.Selection;
import io.fanin.core.alltables.TableItem;
import io.fanin.core.alltables.TableResult;
import io.fanin.core.input.ExecutionInput;
import io.fanin.core.tables.SkippedTable;
import io.fanin.model.json.Json;
import io.fanin.model.run.RunId;
import io.fanin.model.run.TableStatus;
import io.fanin.model.table.TableName;
import io.fanin.model.text.Counted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts, redrives and follows runs of all tables. */
final class AllTables {

    private final Fanin fanin;
    private final Console console;
    private final Deployment deployment;
    private final Executions parents;
    private final UnfinishedTables unfinishedTables;
    private final Instant now;

    /**
     * The answer for a run without a report, such as one that is running; the status is that of Step Functions.
     *
     * @param advice the remedies for its failure; an empty list if there is none, or none is known
     */
    private record WithoutReport(
            String run,
            String execution,
            String status,
            String message,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> advice) {

        List<String> lines() {
            return Stream.concat(
                            Stream.of(run + ": " + status + ", " + message),
                            advice.stream().map(one -> "What to do: " + one))
                    .toList();
        }
    }

    /** The tables of a run that a redrive would run again. */
    private record PlannedRedrive(String execution, List<TableResult> tables) {

        List<String> lines() {
            List<String> lines = new ArrayList<>();
            lines.add(execution + ": " + Counted.of(tables.size(), "table") + " would be run again.");
            Grid grid = Grid.titled(List.of("table", "outcome", "execution"));
            tables.forEach(table -> grid.row(
                    table.table().toString(),
                    table.outcome().name(),
                    table.execution().orElse("-")));
            lines.addAll(tables.isEmpty() ? List.of() : grid.lines());
            return lines;
        }
    }

    AllTables(Fanin fanin) {
        this.fanin = fanin;
        this.console = fanin.console();
        this.deployment = fanin.deployment();
        this.parents = fanin.executionsOfAllTables(deployment);
        this.now = fanin.commandEnvironment().clock().instant();
        this.unfinishedTables =
                new UnfinishedTables(fanin, fanin.executions(deployment), deployment.tableConcurrency(), now);
    }

    /** Starts a run, follows it, and prints its outcome. */
    ExitCode run(Object input) {
        return follow(start("all", input));
    }

    /**
     * Redrives the tables of a run that are partial or have failed, then summarizes the run again. As many tables are
     * in progress at a time as in a run of all tables.
     */
    ExitCode redrive(String execution) {
        ExecutionDetails parent = parents.ended(execution);
        if (failedBeforeItsReport(parent)) {
            return redriveItself(parent);
        }
        List<TableResult> unfinished = unfinishedTables.of(report(parent.name()));
        if (parent.hasSucceeded() && unfinished.isEmpty()) {
            console.say("Nothing to redrive: all tables of " + parent.name() + " are complete.");
            return ExitCode.DONE;
        }
        Map<TableName, TableItem> items = items(parent.name());
        if (!items.keySet()
                .containsAll(unfinished.stream().map(TableResult::table).toList())) {
            throw Executions.noReport(parent.name());
        }
        String again = fanin.hints().command("redrive", "--all", parent.name());
        Map<TableName, CommandFailedException> refused = unfinishedTables.redrive(unfinished, items, again);
        int others = unfinished.size() - refused.size();
        if (!refused.isEmpty() && others == 0) {
            throw refusal(parent, refused, others);
        }
        ExitCode ended = redriveItself(parent);
        if (!refused.isEmpty()) {
            throw refusal(parent, refused, others);
        }
        return ended;
    }

    /** The failure for tables that were not run again. Without a hint, it may later get one about credentials. */
    private CommandFailedException refusal(
            ExecutionDetails parent, Map<TableName, CommandFailedException> refused, int others) {
        CommandFailedException first = refused.values().iterator().next();
        String message = Counted.of(refused.size(), "table") + " could not be run again ("
                + refused.keySet().stream().map(TableName::toString).collect(Collectors.joining(", ")) + "), and "
                + (others == 0 ? "none was" : Counted.of(others, "other was", "others were") + ", as said above")
                + ". The first refusal: " + first.getMessage();
        String again = "once the cause is removed: " + fanin.hints().command("redrive", "--all", parent.name());
        return others == 0 && first.hint().isEmpty()
                ? new CommandFailedException(message, first)
                : new CommandFailedException(message, first.hint().orElse(again), first);
    }

    /** Redrives the run, or starts another one, to collect the results of its tables. */
    private ExitCode redriveItself(ExecutionDetails before) {
        // The redrives of its tables may have taken hours, so its state is requested again.
        ExecutionDetails parent = parents.describe(before.arn());
        if (parent.isRunning()) {
            console.say("Redriven by somebody else: " + parent.name());
            return follow(parent.arn());
        }
        if (parent.hasSucceeded()) {
            return show(parent);
        }
        if (parent.isRedrivable() && parents.redrive(parent.arn())) {
            console.say("Redriven: " + parent.name());
            return follow(parent.arn());
        }
        console.say((parent.isRedrivable() ? "This endpoint has no RedriveExecution" : "It can no longer be redriven")
                + ": a new execution looks at all tables instead");
        return follow(start(
                parent.name(),
                ExecutionInput.ofAnotherExecution(
                        Json.treeOrMissing(parent.input().orElse("{}")))));
    }

    /** Prints the tables that {@link #redrive} would run again, and starts nothing. */
    ExitCode planRedrive(String execution) {
        ExecutionDetails parent = parents.ended(execution);
        boolean goesOn = failedBeforeItsReport(parent);
        if (goesOn) {
            console.warn(parent.name() + " failed before its report: a redrive goes on where it failed. "
                    + parent.failure());
        }
        PlannedRedrive planned =
                new PlannedRedrive(parent.name(), goesOn ? List.of() : unfinishedTables.of(report(parent.name())));
        return console.answer(planned, planned::lines, ExitCode.DONE);
    }

    /** Prints the outcome of a run. */
    ExitCode show(String execution) {
        return show(parents.describe(execution));
    }

    /** Prints the outcome of a run. While a redriven run works, its report is that of the pass before. */
    private ExitCode show(ExecutionDetails parent) {
        Optional<AllTablesReport> report = parent.isRunning()
                ? Optional.empty()
                : deployment.allTables(new RunId(parent.name())).report();
        if (report.isEmpty()) {
            WithoutReport answer = new WithoutReport(
                    parent.name(), parent.arn(), parent.status(), withoutReport(parent), parent.advice());
            return console.answer(answer, answer::lines, exitCode(parent));
        }
        boolean hasFailedOtherwise = parent.hasFailed() && !parent.hasFailedForTables();
        if (hasFailedOtherwise) {
            console.warn(parent.name() + " is " + parent.status() + ", and its report may be that of a pass before: "
                    + parent.failure());
        }
        return console.answer(
                report.get(),
                () -> linesWithNext(report.get(), parent),
                hasFailedOtherwise ? ExitCode.FAILED : exitCode(report.get()));
    }

    private static ExitCode exitCode(AllTablesReport report) {
        if (report.status() != TableStatus.COMPLETE) {
            return ExitCode.PARTIAL;
        }
        return SkippedTable.mistaken(report.leftOut()).isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private List<String> linesWithNext(AllTablesReport report, ExecutionDetails parent) {
        List<String> lines = lines(report);
        if (!report.unfinished().isEmpty()) {
            lines.add("");
            lines.add("Next, once the causes are removed: " + fanin.hints().command("redrive", "--all", parent.name())
                    + " (after a change of a spec, run it instead)");
        }
        return lines;
    }

    private static String withoutReport(ExecutionDetails parent) {
        if (parent.isRunning()) {
            return "its outcomes are summarized when it ends";
        }
        return parent.hasFailed()
                ? parent.failure()
                : AllTablesEnd.of(parent).map(AllTablesEnd::text).orElse("no table was run");
    }

    /** The exit code for a run without a report, such as one whose report has expired. */
    private static ExitCode exitCode(ExecutionDetails withoutReport) {
        if (withoutReport.isRunning()) {
            return ExitCode.BUSY;
        }
        boolean leftOut =
                AllTablesEnd.of(withoutReport).filter(AllTablesEnd::hasLeftOut).isPresent();
        return withoutReport.hasFailed() || leftOut ? ExitCode.FAILED : ExitCode.DONE;
    }

    private String start(String name, Object input) {
        String full = SpecArgument.executionNameAfter(name, now);
        String arn = parents.start(full, input);
        console.say("Execution " + full);
        return arn;
    }

    private ExitCode follow(String arn) {
        return show(new ExecutionFollower(fanin, console, deployment, parents)
                .toTheEnd(arn, "status", "--all", Executions.name(arn))
                .execution());
    }

    /** Whether the run failed before it had summarized its tables, so that its own redrive continues there. */
    private boolean failedBeforeItsReport(ExecutionDetails parent) {
        return parent.hasFailed()
                && !parent.hasFailedForTables()
                && deployment.allTables(new RunId(parent.name())).report().isEmpty();
    }

    private Map<TableName, TableItem> items(String parent) {
        return deployment.allTables(new RunId(parent)).selection().stream()
                .map(Selection::items)
                .flatMap(List::stream)
                .collect(Collectors.toMap(TableItem::table, Function.identity(), (first, second) -> first));
    }

    private AllTablesReport report(String parent) {
        return deployment.allTables(new RunId(parent)).report().orElseThrow(() -> Executions.noReport(parent));
    }

    private static List<String> lines(AllTablesReport report) {
        List<String> lines = new ArrayList<>(
                List.of(report.run() + ": " + AllTablesEnd.of(report).outcome()));
        if (!report.results().isEmpty()) {
            lines.add("");
        }
        Grid grid = Grid.titled(List.of("table", "outcome", "execution", "message"));
        report.results()
                .forEach(table -> grid.row(
                        table.table().toString(),
                        table.outcome().name(),
                        table.execution().orElse("-"),
                        table.message().or(table::error).orElse("")));
        lines.addAll(report.results().isEmpty() ? List.of() : grid.lines());
        lines.addAll(leftOut(report.leftOut()));
        return lines;
    }

    /** The tables that are not run, each with the reason. */
    static List<String> leftOut(List<SkippedTable> leftOut) {
        if (leftOut.isEmpty()) {
            return List.of();
        }
        Grid grid = Grid.titled(List.of("left out", "reason", "why"));
        leftOut.forEach(one -> grid.row(one.what(), one.reason().name(), one.message()));
        List<String> lines = new ArrayList<>(List.of(""));
        lines.addAll(grid.lines());
        return lines;
    }
}
