package io.fanin.cli.table;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.fanin.cli.execution.ExecutionDetails;
import io.fanin.cli.execution.Executions;
import io.fanin.cli.execution.OutcomeText;
import io.fanin.core.record.RecordedRun;
import io.fanin.model.run.ExecutionStatuses;
import io.fanin.model.run.RunCount;
import io.fanin.model.run.RunCounts;
import io.fanin.model.run.RunId;
import io.fanin.model.run.RunReport;
import io.fanin.model.text.LogSafe;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The run that changed a table's record last.
 *
 * @param run its id
 * @param execution its name; empty if neither the id nor the report contains it
 * @param status of the execution, {@code HELD} if it waits to be redriven; empty if it is no longer known
 * @param message the cause of its failure
 * @param report empty if it has none
 * @param ended the end of its execution, or the start of a running one; the epoch if it is no longer known
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record LastRun(
        String run,
        Optional<String> execution,
        Optional<String> status,
        Optional<String> message,
        Optional<Report> report,
        @JsonIgnore boolean isRunning,
        @JsonIgnore boolean isRedrivable,
        @JsonIgnore Instant ended) {

    private static final String HELD = "HELD";

    /**
     * The counts of the run's report.
     *
     * @param hintsAtSpec whether the failures are probably the spec's
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Report(
            int pass,
            @JsonUnwrapped RunCounts counts,
            Optional<String> quarantine,
            @JsonIgnore boolean hintsAtSpec) {

        static Report of(RunReport report) {
            return new Report(
                    report.header().pass(), report.counts(), report.details().quarantine(), report.hintsAtSpec());
        }
    }

    /** The run without the fields from its execution and its report. */
    static LastRun of(RecordedRun last) {
        return new LastRun(
                last.run().value(),
                last.run().executionName(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                Instant.EPOCH);
    }

    LastRun with(RunReport found) {
        return new LastRun(
                run,
                execution.or(() -> found.header().execution().map(Executions::name)),
                status,
                message,
                Optional.of(Report.of(found)),
                isRunning,
                isRedrivable,
                ended);
    }

    /** This run with the state of its execution, if that is still known. */
    LastRun lookedUp(Executions executions) {
        return execution.flatMap(executions::find).map(this::with).orElse(this);
    }

    private LastRun with(ExecutionDetails found) {
        return new LastRun(
                run,
                execution,
                Optional.of(found.isHeld() ? HELD : found.status()),
                found.error().map(error -> found.failure()),
                report,
                found.isRunning(),
                found.isRedrivable(),
                found.stopped().orElse(found.started()));
    }

    boolean isOf(RunId other) {
        return run.equals(other.value());
    }

    /** Whether its execution waits to be redriven. */
    boolean isHeld() {
        return status.filter(HELD::equals).isPresent();
    }

    /** The name of its execution if that can be redriven; empty if it has succeeded, is running, or is not known. */
    Optional<String> redrivable() {
        return isRedrivable ? execution : Optional.empty();
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(LogSafe.of("Last run: " + execution.orElse(run) + ", " + outcome()));
        if (report.isEmpty()) {
            lines.add("  It has no report yet, or the report has expired.");
        }
        report.ifPresent(of -> {
            RunCounts counts = of.counts;
            lines.add("  Report of pass " + of.pass + ": " + counts.failed() + " failed; " + RunCount.sentence(counts)
                    + ".");
            OutcomeText.badRecords(counts.badRecords().orElse(0), of.quarantine)
                    .forEach(line -> lines.add("  " + line));
        });
        return lines;
    }

    private String outcome() {
        return switch (status.orElse("")) {
            case "" -> "whose execution is no longer known";
            case ExecutionStatuses.RUNNING -> "which is running";
            case HELD -> "which waits to be redriven";
            case ExecutionStatuses.SUCCEEDED -> "which succeeded";
            default ->
                "which is " + status.get() + message.map(why -> ": " + why).orElse("");
        };
    }
}
