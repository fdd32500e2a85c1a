package io.fanin.cli.web;

import io.fanin.cli.execution.ExecutionDetails;
import io.fanin.cli.execution.Executions;
import io.fanin.cli.execution.Moment;
import io.fanin.cli.execution.Outcome;
import io.fanin.cli.execution.OutcomeText;
import io.fanin.cli.execution.Outcomes;
import io.fanin.cli.execution.PlanText;
import io.fanin.cli.execution.ProgressLines;
import io.fanin.cli.table.StackPages;
import io.fanin.cli.table.UnreadableTable;
import io.fanin.core.history.StackHistories;
import io.fanin.model.json.Json;
import io.fanin.model.run.RunId;
import io.fanin.model.run.RunReport;
import io.fanin.model.run.detection.Plan;
import io.fanin.model.table.TableName;
import io.fanin.model.text.LogSafe;
import io.fanin.pages.HtmlPages;
import io.fanin.pages.view.Controls;
import io.fanin.pages.view.Controls.Button;
import io.fanin.pages.view.Frame;
import io.fanin.pages.view.Frame.Link;
import io.fanin.pages.view.RunPage;
import io.fanin.pages.view.TablePage;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Renders the pages in their current state.
 *
 * @param token sent with their forms
 */
record LivePages(LiveStack live, String token) {

    private static final String WRITTEN = "partition-fan-in · times are UTC";

    /**
     * The page of all tables, with the running executions. It does not reload: each time costs a request for each
     * table.
     */
    Answer tables() {
        StackPages pages = live.pages();
        StackHistories histories = pages.histories();
        List<String> unreadable = UnreadableTable.of(histories, live.stack().clients()).stream()
                .flatMap(table -> table.lines().stream())
                .toList();
        List<Link> atWork = live.executions().running().stream()
                .map(run -> atWork(run.arn()))
                .toList();
        return Answer.page(200, HtmlPages.html(pages.tables(histories), controls(unreadable, atWork, List.of())));
    }

    /** A table's page with its actions. It does not reload, since the user may be typing there. */
    Answer table(TableName table) {
        TablePage page = live.pages().table(table).orElseThrow(() -> noRun(table));
        Stream<Button> redrive = live.stack().records().read(table).failedRuns().stream()
                .limit(1)
                .map(LivePages::redrive);
        List<Link> atWork = live.stack().leases().holder(table).stream()
                .map(LivePages::atWork)
                .toList();
        List<Button> buttons =
                Stream.concat(redrive, FormActions.ofTable(table).stream()).toList();
        return Answer.page(200, HtmlPages.html(page, controls(List.of(), atWork, buttons)));
    }

    static RefusedException noRun(TableName table) {
        return RefusedException.notFound("there is no table " + table + " that has had a run");
    }

    /**
     * The page of a run: its progress while it is running, its report if it has one, and the failure of its execution
     * if that is not in the report, as after a redrive that ended early.
     */
    Answer run(RunId run) {
        Optional<RunPage> page = live.pages().run(run);
        Optional<ExecutionDetails> execution = live.execution(run);
        if (page.isEmpty() && execution.isEmpty()) {
            throw noRun(run);
        }
        boolean isRunning = execution.filter(ExecutionDetails::isRunning).isPresent();
        List<String> lines = execution
                .filter(known -> isRunning || page.isEmpty() || (known.hasFailed() && !known.isHeld()))
                .map(known -> lines(live.executions().watch().moment(known)))
                .orElse(List.of());
        List<Button> buttons = execution.filter(ExecutionDetails::isRedrivable).stream()
                .map(known -> redrive(run))
                .toList();
        Controls controls = controls(lines, List.of(), buttons);
        Answer answer = Answer.page(
                200,
                page.map(report -> HtmlPages.html(report, controls))
                        .orElseGet(() -> HtmlPages.html(frame(run, execution.orElseThrow()), controls)));
        return isRunning ? answer.refreshed() : answer;
    }

    private static RefusedException noRun(RunId run) {
        return RefusedException.notFound("there is no run " + run + ", or it has expired");
    }

    /** A run's report as stored in the state bucket. */
    Answer report(RunId run) {
        RunReport report = live.stack().run(run).report().orElseThrow(() -> noRun(run));
        return Answer.json(Json.text(report));
    }

    /** The page with the reason for a refusal. */
    Answer refusal(int status, String message) {
        Frame frame = new Frame(
                "Not done",
                List.of(new Link("All tables", ConsoleUrls.TABLES)),
                String.valueOf(status),
                "",
                "",
                List.of(),
                WRITTEN);
        List<String> lines = message.lines().map(LogSafe::of).toList();
        return Answer.page(status, HtmlPages.html(frame, controls(lines, List.of(), List.of())));
    }

    private Controls controls(List<String> lines, List<Link> atWork, List<Button> buttons) {
        return new Controls(token, lines, atWork, buttons);
    }

    private static Button redrive(RunId run) {
        return new Button("Redrive", ConsoleUrls.of(run) + FormActions.REDRIVE);
    }

    private static Link atWork(String arn) {
        return new Link(LogSafe.name(Executions.name(arn)), ConsoleUrls.pageOfExecution(arn));
    }

    private static Frame frame(RunId run, ExecutionDetails execution) {
        Stream<Link> table =
                Executions.tableOf(execution).stream().map(name -> new Link(name.toString(), ConsoleUrls.page(name)));
        return new Frame(
                LogSafe.name(run.value()),
                Stream.concat(Stream.of(new Link("All tables", ConsoleUrls.TABLES)), table)
                        .toList(),
                "run",
                execution.status(),
                "started " + execution.started(),
                List.of(),
                WRITTEN);
    }

    /** The progress of an execution, or its outcome, in the same words as the commands. */
    private List<String> lines(Moment moment) {
        if (!moment.isOver()) {
            StringWriter lines = new StringWriter();
            new ProgressLines(new PrintWriter(lines), false, () -> 0).accept(moment);
            return lines.toString().lines().map(LogSafe::of).toList();
        }
        Outcome outcome = new Outcomes(live.stack()::run).of(moment);
        List<String> lines = new ArrayList<>(new OutcomeText(live.hints()).lines(outcome));
        if (outcome.result() == Outcome.Result.PLANNED) {
            Optional<Plan> plan =
                    live.stack().run(new RunId(outcome.execution())).plan();
            plan.map(PlanText::lines).ifPresent(lines::addAll);
        }
        return lines;
    }
}
