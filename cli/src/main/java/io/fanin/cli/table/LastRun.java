package io.fanin.cli.table;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.fanin.cli.execution.ExecutionDetails;
import io.fanin.cli.execution.Executions;
import io.fanin.cli.execution.OutcomeText;
import io.fanin.core.record.TableRecord;
import io.fanin.model.run.RunCount;
import io.fanin.model.run.RunCounts;
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
 * @param ended of its execution, or the start of a running one; the epoch if that is no longer known
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

    /** The counts of the run's report. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Report(int pass, @JsonUnwrapped RunCounts counts, Optional<String> quarantine) {

        static Report of(RunReport report) {
            return new Report(
                    report.header().pass(), report.counts(), report.details().quarantine());
        }
    }

    static LastRun of(TableRecord.LastRun last, Optional<RunReport> report, Executions executions) {
        Optional<String> name = Executions.nameOf(last.run(), () -> report);
        Optional<ExecutionDetails> execution = name.flatMap(executions::find);
        return new LastRun(
                last.run().value(),
                name,
                execution.map(known -> known.isHeld() ? HELD : known.status()),
                execution.filter(known -> known.error().isPresent()).map(ExecutionDetails::failure),
                report.map(Report::of),
                execution.filter(ExecutionDetails::isRunning).isPresent(),
                execution.filter(ExecutionDetails::isRedrivable).isPresent(),
                execution.map(known -> known.stopped().orElse(known.started())).orElse(Instant.EPOCH));
    }

    /** The run without the fields from its execution and its report. */
    static LastRun of(TableRecord.LastRun last) {
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
            OutcomeText.badRecords(counts.badRecords(), of.quarantine).forEach(line -> lines.add("  " + line));
        });
        return lines;
    }

    private String outcome() {
        return switch (status.orElse("")) {
            case "" -> "whose execution is no longer known";
            case "RUNNING" -> "which is running";
            case HELD -> "which waits to be redriven";
            case "SUCCEEDED" -> "which succeeded";
            default ->
                "which is " + status.get() + message.map(why -> ": " + why).orElse("");
        };
    }
}
