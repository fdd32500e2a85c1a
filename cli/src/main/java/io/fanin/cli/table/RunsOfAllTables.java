package io.fanin.cli.table;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.cli.aws.Deployment;
import io.fanin.cli.console.Grid;
import io.fanin.cli.console.Hints;
import io.fanin.cli.execution.AllTablesEnd;
import io.fanin.cli.execution.ExecutionDetails;
import io.fanin.cli.execution.Executions;
import io.fanin.core.parallel.Workers;
import io.fanin.model.run.RunId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * The last runs of all tables: the answer of {@code runs --all}. Each that has ended takes a request for its report, or
 * two if that has expired.
 *
 * @param runs newest first
 */
public record RunsOfAllTables(List<Run> runs) {

    private static final int PARALLEL = 16;

    public RunsOfAllTables {
        runs = List.copyOf(runs);
    }

    /**
     * Reads the last runs.
     *
     * @param most the maximum number of runs
     * @param executions those of all tables
     */
    public static RunsOfAllTables newest(int most, Deployment stack, Executions executions) {
        List<ExecutionDetails> newest = executions.newestFirst().limit(most).toList();
        try (ExecutorService workers = Workers.THREADS.open(PARALLEL)) {
            List<Future<Run>> runs = newest.stream()
                    .map(one -> workers.submit(() -> Run.of(one, stack, executions)))
                    .toList();
            return new RunsOfAllTables(runs.stream().map(Workers::await).toList());
        }
    }

    /** One line for each run, and the command that shows the tables of one. */
    public List<String> lines(Hints hints) {
        if (runs.isEmpty()) {
            return List.of("No run of all tables is known.");
        }
        Grid grid = Grid.titled(List.of("execution", "status", "started", "redrives", "tables"));
        runs.forEach(run -> grid.row(
                run.execution(),
                run.status(),
                run.started().truncatedTo(ChronoUnit.SECONDS).toString(),
                String.valueOf(run.redrives()),
                run.text()));
        List<String> lines = new ArrayList<>(grid.lines());
        lines.add("");
        lines.add("One of them, table by table: "
                + hints.command("status", "--all", runs.getFirst().execution()));
        return lines;
    }

    /**
     * One run of all tables.
     *
     * @param execution its name
     * @param status from Step Functions
     * @param report how its last pass ended; absent while it runs, and if it failed before its report
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Run(
            String execution,
            String arn,
            String status,
            Instant started,
            Optional<Instant> stopped,
            int redrives,
            Optional<AllTablesEnd> report) {

        private static Run of(ExecutionDetails one, Deployment stack, Executions executions) {
            return new Run(
                    one.name(),
                    one.arn(),
                    one.status(),
                    one.started(),
                    one.stopped(),
                    one.redrives(),
                    one.isRunning() ? Optional.empty() : end(one, stack, executions));
        }

        /** The list of executions has no output, which is left when the report has expired. */
        private static Optional<AllTablesEnd> end(ExecutionDetails one, Deployment stack, Executions executions) {
            return stack.allTables(new RunId(one.name()))
                    .report()
                    .map(AllTablesEnd::of)
                    .or(() -> executions.find(one.arn()).flatMap(AllTablesEnd::of));
        }

        private String text() {
            return report.map(AllTablesEnd::outcome).orElse("-");
        }
    }
}
