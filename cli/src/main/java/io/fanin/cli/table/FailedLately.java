package io.fanin.cli.table;

import io.fanin.cli.execution.AlikeFailures;
import io.fanin.cli.execution.ExecutionDetails;
import io.fanin.cli.execution.Executions;
import io.fanin.model.text.Counted;
import io.fanin.model.text.LogSafe;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The executions of a stack that failed within a day, including those of unknown tables. Excludes plans, and executions
 * that are held for a redrive or found their table busy.
 *
 * @param failed newest first
 * @param moreFailed the number of others that failed or may be held, and whose causes were not requested
 */
public record FailedLately(List<Failed> failed, long moreFailed) {

    private static final Duration WITHIN = Duration.ofHours(24);

    /** The number of executions of a state machine that are named. */
    private static final int NAMED = 10;

    /**
     * The maximum number of executions of a state machine whose causes are requested: most may be held runs of a
     * partial table.
     */
    private static final int MAX_EXECUTIONS = 50;

    public FailedLately {
        failed = List.copyOf(failed);
    }

    /**
     * An execution that failed.
     *
     * @param execution its name
     * @param allTables whether it is one of a run of all tables
     */
    public record Failed(String execution, boolean allTables, Instant ended, String message, List<String> advice) {

        private static Failed of(ExecutionDetails execution, boolean allTables) {
            return new Failed(
                    execution.name(),
                    allTables,
                    FailedLately.ended(execution),
                    execution.failure(),
                    execution.advice());
        }

        private String line() {
            return "  " + execution + (allTables ? ", a run of all tables" : "") + ", "
                    + ended.truncatedTo(ChronoUnit.SECONDS);
        }
    }

    /**
     * Finds the executions. Takes a request for each failure status and state machine, and one for each of at most
     * fifty executions of a machine, until ten can be named.
     *
     * @param held executions considered held, whose causes are not requested
     */
    static FailedLately find(Executions ofTables, Executions ofAllTables, HeldExecutions held, Instant now) {
        FailedLately both = find(ofAllTables, true, HeldExecutions.NONE, now.minus(WITHIN))
                .and(find(ofTables, false, held, now.minus(WITHIN)));
        return new FailedLately(
                both.failed.stream()
                        .sorted(Comparator.comparing(Failed::ended).reversed())
                        .toList(),
                both.moreFailed);
    }

    /**
     * Requests executions that may be held and the others alternately, newest first, so that neither group hides the
     * other.
     */
    private static FailedLately find(Executions executions, boolean allTables, HeldExecutions held, Instant since) {
        Map<Boolean, List<ExecutionDetails>> listed = executions
                .lastFailed(execution -> ended(execution).isAfter(since) && !held.contain(execution))
                .collect(Collectors.partitioningBy(held::mayContain));
        List<ExecutionDetails> others = listed.get(false);
        List<ExecutionDetails> perhapsHeld = listed.get(true);
        List<ExecutionDetails> alternately = new ArrayList<>();
        for (int i = 0; i < Math.max(others.size(), perhapsHeld.size()); i++) {
            if (i < others.size()) {
                alternately.add(others.get(i));
            }
            if (i < perhapsHeld.size()) {
                alternately.add(perhapsHeld.get(i));
            }
        }
        List<Failed> failed = new ArrayList<>();
        int asked = 0;
        while (asked < Math.min(alternately.size(), MAX_EXECUTIONS) && failed.size() < NAMED) {
            executions
                    .find(alternately.get(asked++).name())
                    .filter(execution -> execution.hasFailed() && execution.failsUnexpectedly())
                    .map(execution -> Failed.of(execution, allTables))
                    .ifPresent(failed::add);
        }
        return new FailedLately(failed, alternately.size() - asked);
    }

    private FailedLately and(FailedLately other) {
        return new FailedLately(
                Stream.concat(failed.stream(), other.failed.stream()).toList(), moreFailed + other.moreFailed);
    }

    private static Instant ended(ExecutionDetails execution) {
        return execution.stopped().orElse(execution.started());
    }

    /** The executions by their causes; no lines if there are none. */
    List<String> lines() {
        if (failed.isEmpty() && moreFailed == 0) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("Executions that failed in the last " + WITHIN.toHours()
                + " hours, besides those that are held for a redrive:");
        Map<String, List<Failed>> alike = failed.stream()
                .collect(Collectors.groupingBy(Failed::message, LinkedHashMap::new, Collectors.toList()));
        alike.forEach((message, executions) -> AlikeFailures.add(
                executions.stream().map(Failed::line).toList(),
                message,
                executions.getFirst().advice(),
                lines));
        if (moreFailed > 0) {
            lines.add("  " + Counted.of(moreFailed, "other")
                    + ", failed or held, not asked for: see the Step Functions console");
        }
        return lines.stream().map(LogSafe::of).toList();
    }
}
