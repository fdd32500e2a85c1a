package io.fanin.cli.table;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.fanin.cli.aws.Deployment;
import io.fanin.cli.console.Grid;
import io.fanin.cli.execution.ExecutionDetails;
import io.fanin.cli.execution.Executions;
import io.fanin.cli.execution.ListedExecutions;
import io.fanin.core.alltables.TableItem;
import io.fanin.core.history.RunEntry;
import io.fanin.core.parallel.Workers;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.model.run.RunCounts;
import io.fanin.model.run.RunId;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.table.TableName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The last runs of a table: the answer of {@code runs}. Runs with a pass come from the table's history, others from a
 * fixed number of lists of executions. The number of requests does not grow with the executions of other tables.
 *
 * @param runs newest first
 * @param unknown the number of listed executions of unknown tables that were not requested
 * @param since the time from which on the lists are complete: earlier runs that found nothing new are not known. Absent
 *     if the lists have all executions
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record TableRuns(String table, List<RunSummary> runs, int unknown, Optional<Instant> since) {

    private static final int PARALLEL = 16;

    /**
     * The number of executions that are requested in addition to the wanted number of runs; each takes up to three
     * requests.
     */
    private static final int MORE_EXECUTIONS = 10;

    public TableRuns {
        runs = List.copyOf(runs);
    }

    /**
     * Reads the last runs of a table.
     *
     * @param most the maximum number of runs
     */
    public static TableRuns of(TableName table, int most, Deployment stack, Executions executions) {
        return new Search(table, stack, executions).newest(most);
    }

    /** One line for each run, and what the answer may lack. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (runs.isEmpty()) {
            lines.add("No run of " + table + " is known.");
        } else {
            Grid grid = Grid.titled(
                    List.of("execution", "status", "started", "redrives", "registered", "failed", "outstanding"));
            runs.forEach(run -> grid.row(
                    run.execution(),
                    run.isPlan()
                            ? run.status().orElse("-") + " (plan)"
                            : run.status().orElse("-"),
                    run.started().truncatedTo(ChronoUnit.SECONDS).toString(),
                    String.valueOf(run.redrives()),
                    run.count(RunCounts::registered),
                    run.count(RunCounts::failed),
                    run.outstanding()));
            lines.addAll(grid.lines());
        }
        if (unknown > 0) {
            lines.add(unknown + " other executions were not looked at: their names do not tell their tables, and "
                    + table + " has no pass of theirs. A larger --max looks at more of them.");
        }
        since.ifPresent(moment -> lines.add("Of the time before " + moment.truncatedTo(ChronoUnit.SECONDS)
                + " only the last runs with a pass are known, and some that failed."));
        return lines;
    }

    private record Search(TableName table, Deployment stack, Executions executions) {

        private TableRuns newest(int most) {
            try (ExecutorService workers = Workers.THREADS.open(PARALLEL)) {
                Future<ListedExecutions> listing = workers.submit(executions::listed);
                Map<String, RunEntry> passes = new LinkedHashMap<>();
                stack.histories().history(table).runs().reversed().stream()
                        .sorted(Comparator.comparing(Search::started).reversed())
                        .forEach(run -> passes.put(name(run), run));
                Optional<String> holder = stack.leases().holder(table).map(Executions::name);
                ListedExecutions listed = Workers.await(listing);
                List<ExecutionDetails> unsure = listed.executions().stream()
                        .filter(one -> !passes.containsKey(one.name()))
                        .filter(one -> mayBeOurs(one) || !TableItem.isNameOfItem(one.name()))
                        .sorted(Comparator.comparing((ExecutionDetails one) ->
                                        holder.filter(one.name()::equals).isEmpty())
                                .thenComparing(one -> !mayBeOurs(one)))
                        .toList();
                int looked = (int) Math.min(unsure.size(), (long) most + MORE_EXECUTIONS);
                List<Future<Optional<RunSummary>>> summaries = Stream.concat(
                                unsure.subList(0, looked).stream().map(one -> workers.submit(() -> withoutEntry(one))),
                                passes.values().stream()
                                        .limit(most)
                                        .map(run -> workers.submit(() -> Optional.of(withEntry(run, listed)))))
                        .toList();
                List<RunSummary> runs = summaries.stream()
                        .map(Workers::await)
                        .flatMap(Optional::stream)
                        .sorted(Comparator.comparing(RunSummary::started).reversed())
                        .limit(most)
                        .toList();
                return new TableRuns(table.toString(), runs, unsure.size() - looked, listed.since());
            }
        }

        /**
         * The start of a run, for the order: the history is in the order of ends, in which an early run may come last.
         */
        private static Instant started(RunEntry run) {
            return run.begun().orElse(run.ended());
        }

        private boolean mayBeOurs(ExecutionDetails execution) {
            return TableItem.mayName(table, execution.name());
        }

        private String name(RunEntry run) {
            return run.execution()
                    .map(Executions::name)
                    .or(() -> run.run().executionName())
                    .orElse(run.run().value());
        }

        private RunSummary withEntry(RunEntry run, ListedExecutions listed) {
            String name = name(run);
            Optional<ExecutionDetails> execution = listed.find(name).or(() -> executions.find(name));
            Optional<LastRun.Report> full = run.counts().badRecords().isPresent()
                    ? stack.run(run.run()).report().map(LastRun.Report::of)
                    : Optional.empty();
            LastRun.Report report =
                    full.orElseGet(() -> new LastRun.Report(run.pass(), run.counts(), Optional.empty(), false));
            return execution
                    .map(known -> RunSummary.of(known).with(report))
                    .orElseGet(() -> new RunSummary(
                            name,
                            run.execution(),
                            Optional.empty(),
                            run.begun().orElse(run.ended()),
                            Optional.of(run.ended()),
                            0,
                            false,
                            Optional.of(report)));
        }

        /** The summary of an execution without a pass in the history; empty if it is a run of another table. */
        private Optional<RunSummary> withoutEntry(ExecutionDetails execution) {
            RunFolder folder = stack.run(new RunId(execution.name()));
            Optional<TableName> processed = folder.findSpec().map(ResolvedSpec::tableName);
            if (processed.isEmpty()) {
                return executions
                        .find(execution.name())
                        .filter(found ->
                                Executions.tableOf(found).filter(table::equals).isPresent())
                        .map(RunSummary::of);
            }
            return processed.filter(table::equals).map(same -> {
                RunSummary summary = RunSummary.of(execution);
                return folder.report()
                        .map(LastRun.Report::of)
                        .map(summary::with)
                        .orElse(summary);
            });
        }
    }

    /**
     * One run of a table.
     *
     * @param execution its name
     * @param arn the execution's; empty if it is not known
     * @param status from Step Functions; empty if it no longer knows the execution
     * @param stopped the end of its last pass if Step Functions no longer knows the execution
     * @param redrives the number of its redrives
     * @param isPlan whether it only planned a run
     * @param report the counts of its last pass; empty if no pass has ended, or there was nothing to do
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record RunSummary(
            String execution,
            Optional<String> arn,
            Optional<String> status,
            Instant started,
            Optional<Instant> stopped,
            int redrives,

            @JsonProperty("plan") @JsonInclude(JsonInclude.Include.NON_DEFAULT)
            boolean isPlan,

            Optional<LastRun.Report> report) {

        private static RunSummary of(ExecutionDetails execution) {
            return new RunSummary(
                    execution.name(),
                    Optional.of(execution.arn()),
                    Optional.of(execution.status()),
                    execution.started(),
                    execution.stopped(),
                    execution.redrives(),
                    execution.isPlan(),
                    Optional.empty());
        }

        private RunSummary with(LastRun.Report counts) {
            return new RunSummary(execution, arn, status, started, stopped, redrives, isPlan, Optional.of(counts));
        }

        private String outstanding() {
            return report.map(LastRun.Report::counts)
                    .map(counts -> TableStateText.outstanding(
                            counts.outstanding(), counts.missing().orElse(0)))
                    .orElse("-");
        }

        private String count(Function<RunCounts, Long> number) {
            return report.map(LastRun.Report::counts)
                    .map(number)
                    .map(String::valueOf)
                    .orElse("-");
        }
    }
}
