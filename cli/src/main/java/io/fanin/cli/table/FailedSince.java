package io.fanin.cli.table;

import io.fanin.cli.aws.Deployment;
import io.fanin.cli.execution.ExecutionDetails;
import io.fanin.cli.execution.Executions;
import io.fanin.cli.execution.SpecArgument;
import io.fanin.core.alltables.TableItem;
import io.fanin.model.run.RunId;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.table.TableName;
import io.fanin.model.text.LogSafe;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An execution of a table that failed after the run that changed its record last, and itself changed nothing.
 *
 * @param execution its name
 * @param ended when it failed
 * @param message the cause of its failure
 */
public record FailedSince(String execution, Instant ended, String message, List<String> advice) {

    /** The maximum number of failed executions with unknown tables that are requested. */
    private static final int FAILED = 3;

    /**
     * The maximum number of failed executions with this table's name that are requested, which may include many failed
     * plans; and of later successful ones, which may be many of other tables.
     */
    private static final int MANY = 20;

    public FailedSince {
        advice = List.copyOf(advice);
    }

    /**
     * The last such execution, found by its name if {@code fanin run} or a run of all tables started it. Names given by
     * schedules identify no table, so that a few of these executions are requested, too. Takes a request for each
     * failure status and at most two for each of at most 23 executions, regardless of other executions in the stack. If
     * one has failed, takes one more request, and one for each of at most forty later executions that succeeded: if one
     * of these was this table's, the failure is over.
     *
     * @param since the end of the run that changed the record last; the epoch if there is none, or it is not known
     */
    static Optional<FailedSince> find(TableName table, Instant since, Deployment stack, Executions executions) {
        return perhapsOf(
                        table,
                        executions.lastFailed(execution -> execution.started().isAfter(since)),
                        FAILED)
                .flatMap(listed -> executions.find(listed.name()).stream())
                .filter(ExecutionDetails::failsUnexpectedly)
                .filter(execution -> isOf(table, execution, stack))
                .findFirst()
                .filter(execution -> !hasSucceededAfter(execution.started(), table, executions))
                .map(FailedSince::of);
    }

    private static boolean hasSucceededAfter(Instant failed, TableName table, Executions executions) {
        return perhapsOf(
                        table,
                        executions.lastSucceeded(
                                execution -> execution.started().isAfter(failed)),
                        MANY)
                .flatMap(listed -> executions.find(listed.name()).stream())
                .anyMatch(execution -> execution.hasBroughtUpToDate(table));
    }

    /** The newest executions with this table's name, and the newest whose names identify no table. */
    private static Stream<ExecutionDetails> perhapsOf(
            TableName table, Stream<ExecutionDetails> newestFirst, int mostOfUnknown) {
        Map<Boolean, List<ExecutionDetails>> byName = newestFirst
                .filter(execution -> TableItem.mayName(table, execution.name()) || tellsNoTable(execution.name()))
                .collect(Collectors.partitioningBy(execution -> TableItem.mayName(table, execution.name())));
        return Stream.concat(
                        byName.get(true).stream().limit(MANY),
                        byName.get(false).stream().limit(mostOfUnknown))
                .sorted(Comparator.comparing(ExecutionDetails::started).reversed());
    }

    private static boolean tellsNoTable(String execution) {
        return !TableItem.isNameOfItem(execution) && !SpecArgument.isExecutionName(execution);
    }

    private static boolean isOf(TableName table, ExecutionDetails execution, Deployment stack) {
        return stack.run(new RunId(execution.name()))
                .findSpec()
                .map(ResolvedSpec::tableName)
                .or(() -> Executions.tableOf(execution))
                .map(table::equals)
                .orElseGet(() -> SpecArgument.isNameFor(table, execution.name()));
    }

    private static FailedSince of(ExecutionDetails execution) {
        return new FailedSince(
                execution.name(),
                execution.stopped().orElse(execution.started()),
                execution.failure(),
                execution.advice());
    }

    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("A later execution, " + execution + ", failed at " + ended.truncatedTo(ChronoUnit.SECONDS)
                + " and changed nothing: " + message);
        advice.forEach(text -> lines.add("  What to do: " + text));
        return lines.stream().map(LogSafe::of).toList();
    }
}
