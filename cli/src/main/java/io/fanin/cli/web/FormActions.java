package io.fanin.cli.web;

import io.fanin.cli.execution.ExecutionDetails;
import io.fanin.cli.execution.ExecutionStarts;
import io.fanin.cli.execution.SpecArgument;
import io.fanin.cli.execution.WaiverArgument;
import io.fanin.cli.table.TableSpecs;
import io.fanin.cli.table.WaiverCheck;
import io.fanin.model.run.RunId;
import io.fanin.model.table.TableName;
import io.fanin.pages.view.Controls.Button;
import io.fanin.pages.view.Controls.Field;
import java.util.List;
import java.util.Optional;

/**
 * Starts the same executions as the commands of these names, and redirects to the run's page without waiting for its
 * end.
 */
record FormActions(LiveStack live) {

    static final String REDRIVE = "redrive";
    static final String RUN = "run";
    static final String PLAN = "plan";
    static final String WAIVE = "waive";

    private static final String PARTITION = "partition";
    private static final String REASON = "reason";
    private static final String BY = "by";

    /** The buttons on a table's page. */
    static List<Button> ofTable(TableName table) {
        return List.of(
                new Button("Run", ConsoleUrls.of(table) + RUN),
                new Button("Plan", ConsoleUrls.of(table) + PLAN),
                new Button(
                        "Waive",
                        ConsoleUrls.of(table) + WAIVE,
                        List.of(
                                new Field(PARTITION, "Partition, by its name or the beginning of its period", true),
                                new Field(REASON, "Why it will not come back", true),
                                new Field(BY, "Who waives it (if empty: the caller's ARN, or user name)", false))));
    }

    Answer redrive(RunId run) {
        ExecutionDetails execution = live.execution(run)
                .orElseThrow(() -> RefusedException.notFound("the execution of run " + run + " is not known"));
        if (execution.isRunning()) {
            throw new RefusedException(409, execution.name() + " is running: wait for its end");
        }
        if (!execution.isRedrivable()) {
            throw new RefusedException(
                    409, execution.notRedrivable() + "\n" + live.executions().insteadOfRedrive(execution));
        }
        return Answer.seeOther(
                ConsoleUrls.pageOfExecution(starts().redrive(execution).arn()));
    }

    Answer run(TableName table) {
        return start(spec(table));
    }

    Answer plan(TableName table) {
        return start(spec(table).dryRun());
    }

    Answer waive(TableName table, FormFields form) {
        if (live.stack().histories().history(table).runs().isEmpty()) {
            throw LivePages.noRun(table);
        }
        String partition = form.required(PARTITION);
        String reason = form.required(REASON);
        List<String> named = requireKnown(table, partition);
        String by = form.text(BY);
        String who = by.isEmpty() ? live.stack().clients().caller() : by;
        return start(new WaiverArgument(reason, who, Optional.empty()).inputFor(table, named));
    }

    /**
     * Requires that the partition is known. A button cannot warn and ask again, so that unknown partitions can only be
     * waived by the command.
     */
    private List<String> requireKnown(TableName table, String partition) {
        WaiverCheck.Found found =
                new WaiverCheck(live.stack(), live.clock()).check(table, List.of(partition), live.hints());
        if (!found.warnings().isEmpty()) {
            throw new RefusedException(
                    409,
                    String.join("\n", found.warnings()) + "\nTo waive it all the same: "
                            + live.hints().command("waive", table.toString(), partition, "--reason", "..."));
        }
        return found.partitions();
    }

    private SpecArgument spec(TableName table) {
        return new TableSpecs(live.stack(), live.hints())
                .find(table)
                .map(TableSpecs.Found::input)
                .orElseThrow(() -> RefusedException.notFound("no spec is known for " + table
                        + ": start a run with one, " + live.hints().command("run", "SPEC")));
    }

    private Answer start(SpecArgument input) {
        String arn = starts().start(input);
        live.executions().watch().awaitVisible(arn);
        return Answer.seeOther(ConsoleUrls.pageOfExecution(arn));
    }

    private ExecutionStarts starts() {
        return new ExecutionStarts(live.executions(), live.clock());
    }
}
