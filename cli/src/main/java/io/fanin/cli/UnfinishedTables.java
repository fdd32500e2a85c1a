package io.fanin.cli;

import io.fanin.cli.console.CommandFailedException;
import io.fanin.cli.execution.ExecutionDetails;
import io.fanin.cli.execution.Executions;
import io.fanin.cli.execution.ParallelExecutions;
import io.fanin.cli.execution.SpecArgument;
import io.fanin.core.alltables.AllTablesReport;
import io.fanin.core.alltables.TableItem;
import io.fanin.core.alltables.TableOutcome;
import io.fanin.core.alltables.TableResult;
import io.fanin.core.input.ExecutionInput;
import io.fanin.model.names.InputNames;
import io.fanin.model.table.TableName;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Finds the tables that a run of all tables has left partial or failed, and runs them again.
 *
 * @param tables the executions of single tables
 * @param parallel the maximum number of them in progress
 * @param now for the names of new executions
 */
record UnfinishedTables(Fanin fanin, Executions tables, int parallel, Instant now) {

    private static final String GO_ON =
            "The executions of tables that were started go on; no others are started, and the run is not"
                    + " redriven yet. Once they have ended, this takes up the rest";

    /**
     * The tables of a run that are partial or have failed, except those whose execution has succeeded since. A table
     * whose execution cannot be requested now is included: its redrive requests it again.
     */
    List<TableResult> of(AllTablesReport report) {
        return report.unfinished().stream()
                .filter(table -> table.execution()
                        .filter(any -> hasFailed(table))
                        .flatMap(this::findNow)
                        .filter(now -> hasSucceededSince(table, now))
                        .isEmpty())
                .toList();
    }

    private Optional<ExecutionDetails> findNow(String execution) {
        try {
            return tables.find(execution);
        } catch (SdkException e) {
            return Optional.empty();
        }
    }

    /** Whether the execution of a table that has failed has succeeded since, or that of a held one completed it. */
    private static boolean hasSucceededSince(TableResult table, ExecutionDetails now) {
        return hasFailed(table)
                && now.hasSucceeded()
                && ((table.outcome() == TableOutcome.FAILED
                                && table.outstanding().orElse(0) == 0)
                        || now.hasLeftTableComplete());
    }

    /** Whether the table's execution failed. That of a partial table succeeds if its spec says so. */
    private static boolean hasFailed(TableResult table) {
        return table.outcome() == TableOutcome.FAILED
                || table.error().filter(ExecutionDetails::isErrorOfHeld).isPresent();
    }

    /**
     * Redrives tables, and waits for their ends. Returns the tables that could not be redriven, with the refusals.
     *
     * @param again the command that continues if the running executions can no longer be observed
     */
    Map<TableName, CommandFailedException> redrive(
            List<TableResult> unfinished, Map<TableName, TableItem> items, String again) {
        return fanin.warningAtInterruption(
                List.of("", GO_ON + ":", "  " + again), () -> redriven(unfinished, items, again));
    }

    private Map<TableName, CommandFailedException> redriven(
            List<TableResult> unfinished, Map<TableName, TableItem> items, String again) {
        Map<TableName, CommandFailedException> refused = new LinkedHashMap<>();
        try {
            new ParallelExecutions(tables.watch(), parallel).run(unfinished, table -> {
                try {
                    return redrive(table, items.get(table.table()));
                } catch (CommandFailedException | SdkException e) {
                    CommandFailedException refusal = new FailureMessages(fanin).explained(e);
                    fanin.console().warn("Not run again: " + table.table() + ": " + refusal.getMessage());
                    refused.put(table.table(), refusal);
                    return Optional.empty();
                }
            });
        } catch (CommandFailedException | SdkException e) {
            CommandFailedException failure = new FailureMessages(fanin).explained(e);
            String goOn = GO_ON + ": " + again;
            throw new CommandFailedException(
                    failure.getMessage(),
                    failure.hint().map(hint -> hint + ". " + goOn).orElse(goOn),
                    failure);
        }
        return refused;
    }

    /** Redrives the table's execution, or starts another one; returns the ARN of the running one, if one is needed. */
    private Optional<String> redrive(TableResult table, TableItem item) {
        Optional<ExecutionDetails> found = tables.find(item.execution());
        if (found.filter(now -> hasSucceededSince(table, now)).isPresent()) {
            return Optional.empty();
        }
        if (found.filter(ExecutionDetails::isRunning).isPresent()) {
            return Optional.of(item.execution());
        }
        if (found.filter(ExecutionDetails::isRedrivable).isPresent() && tables.redrive(item.execution())) {
            fanin.console().say("Redriven: " + table.table() + ", " + item.name());
            return Optional.of(item.execution());
        }
        // If the run could not start the table's execution, its summary looks for one with the item's name.
        String name = found.isEmpty() ? item.name() : SpecArgument.executionNameAfter(item.name(), now);
        String started = tables.start(name, found.isEmpty() ? item.input() : again(table, item));
        fanin.console().say("Started: " + table.table() + ", " + name);
        return Optional.of(started);
    }

    /** The input of a new execution in place of one that cannot be redriven. */
    private static Object again(TableResult table, TableItem item) {
        return table.outcome() == TableOutcome.PARTIAL || table.outstanding().orElse(0) > 0
                ? Map.of(InputNames.REDRIVE_OF, item.name())
                : ExecutionInput.ofAnotherExecution(item.input());
    }
}
