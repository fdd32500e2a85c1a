package io.fanin.cli.table;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.cli.console.Grid;
import io.fanin.cli.execution.ExecutionDetails;
import io.fanin.cli.execution.Executions;
import io.fanin.core.parallel.Workers;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.model.run.RunCounts;
import io.fanin.model.run.RunId;
import io.fanin.model.spec.TableSpec;
import io.fanin.model.table.TableName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * One run of a table: an entry of the answer of {@code runs}.
 *
 * @param execution its name
 * @param status from Step Functions
 * @param redrives the number of its redrives
 * @param report the counts of its last pass; empty if no pass has ended, or there was nothing to do
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record RunSummary(
        String execution,
        String status,
        Instant started,
        Optional<Instant> stopped,
        int redrives,
        Optional<LastRun.Report> report) {

    /** The number of the newest executions that are read; each takes one or two requests. */
    public static final int LOOKED_AT = 500;

    private static final int PARALLEL = 16;

    /**
     * The last runs of a table, newest first. The run folder determines the table of an execution.
     *
     * @param most the maximum number of runs
     */
    public static List<RunSummary> of(
            TableName table, int most, Executions executions, Function<RunId, RunFolder> folders) {
        List<RunSummary> found = new ArrayList<>();
        Iterator<ExecutionDetails> newest =
                executions.newestFirst().limit(LOOKED_AT).iterator();
        try (ExecutorService workers = Workers.THREADS.open(PARALLEL)) {
            while (found.size() < most && newest.hasNext()) {
                List<Future<Optional<RunSummary>>> batch = new ArrayList<>();
                while (batch.size() < PARALLEL && newest.hasNext()) {
                    ExecutionDetails item = newest.next();
                    batch.add(workers.submit(() -> of(item, table, executions, folders)));
                }
                batch.stream().map(Workers::await).flatMap(Optional::stream).forEach(found::add);
            }
        }
        return found.subList(0, Math.min(most, found.size()));
    }

    /** The summary of an execution; empty if it is a run of another table. */
    private static Optional<RunSummary> of(
            ExecutionDetails item, TableName table, Executions executions, Function<RunId, RunFolder> folders) {
        RunFolder folder = folders.apply(new RunId(item.name()));
        Optional<String> its = folder.findSpec()
                .map(TableSpec::tableName)
                .map(TableName::toString)
                .or(() -> executions.tableOf(item.name()));
        return its.filter(table.toString()::equals)
                .map(same -> new RunSummary(
                        item.name(),
                        item.status(),
                        item.started(),
                        item.stopped(),
                        item.redrives(),
                        folder.report().map(LastRun.Report::of)));
    }

    /** One line for each run. */
    public static List<String> lines(TableName table, List<RunSummary> runs) {
        if (runs.isEmpty()) {
            return List.of("No run of " + table + " is among the last " + LOOKED_AT + " executions.");
        }
        Grid grid = Grid.titled(
                List.of("execution", "status", "started", "redrives", "registered", "failed", "outstanding"));
        runs.forEach(run -> grid.row(
                run.execution,
                run.status,
                run.started.truncatedTo(ChronoUnit.SECONDS).toString(),
                String.valueOf(run.redrives),
                count(run, RunCounts::registered),
                count(run, RunCounts::failed),
                count(run, RunCounts::outstanding)));
        return grid.lines();
    }

    private static String count(RunSummary run, Function<RunCounts, Long> number) {
        return run.report
                .map(LastRun.Report::counts)
                .map(number)
                .map(String::valueOf)
                .orElse("-");
    }
}
