package io.fanin.cli.execution;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.fanin.cli.console.ExitCode;
import io.fanin.core.answer.DetectorAnswer;
import io.fanin.core.answer.ExecutionError;
import io.fanin.core.answer.SkippedPartitions;
import io.fanin.core.answer.TableCreatorAnswer;
import io.fanin.model.run.RunCounts;
import io.fanin.model.run.RunReport;
import io.fanin.model.run.UnmatchedNames;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * The outcome of an execution: the answer of {@code run} and {@code redrive}.
 *
 * @param execution its name
 * @param ending the table's state in its last output, or in the run's report
 * @param failures the outstanding partitions of the table
 * @param detection the detection, as in the execution's output
 * @param error of the execution, by its name in Step Functions
 * @param message the cause of its failure
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({
    "execution",
    "result",
    "table",
    "registered",
    "outstanding",
    "waived",
    "failures",
    "badRecords",
    "quarantine",
    "unknownColumns",
    "report",
    "holder"
})
public record Outcome(
        String execution,
        Result result,
        @JsonIgnore Ending ending,
        List<FailedPartition> failures,
        ExecutionWork detection,
        Optional<String> error,
        Optional<String> message) {

    /** The outcome with the cause of the execution's failure added. */
    Outcome because(String cause) {
        return new Outcome(execution, result, ending, failures, detection, error, Optional.of(cause));
    }

    /**
     * Whether the execution ended before it could change the table, apart from its lease. False if another execution
     * has taken the table over, since this one may have changed it before.
     */
    public boolean leavesTableUnchanged() {
        boolean wasTakenOver =
                error.filter(ExecutionError.TABLE_BUSY.className()::equals).isPresent();
        return (result == Result.BUSY && !wasTakenOver)
                || (result == Result.FAILED && detection.answer().isEmpty());
    }

    /** The result of an execution. */
    public enum Result {
        COMPLETE(ExitCode.DONE),
        NOTHING_NEW(ExitCode.DONE),
        PLANNED(ExitCode.DONE),
        /** The table is partial; the execution is held, and can be redriven. */
        HELD(ExitCode.PARTIAL),
        /** The table is partial, but the execution has succeeded. */
        PARTIAL(ExitCode.PARTIAL),
        /** Nothing was processed, and the table is partial. */
        STILL_PARTIAL(ExitCode.PARTIAL),
        FAILED(ExitCode.FAILED),
        BUSY(ExitCode.BUSY);

        private final ExitCode exitCode;

        Result(ExitCode exitCode) {
            this.exitCode = exitCode;
        }

        public ExitCode exitCode() {
            return exitCode;
        }
    }

    /**
     * The table's state at the end; unknown fields are empty.
     *
     * @param counts of the last pass
     * @param quarantine the URI of the folder with the bad records
     * @param names of raw fields without a column, and of columns without a field
     * @param skipped partitions without data, neither registered nor failed
     * @param report the URI of the run's report
     * @param holder the ARN of the execution that holds the table's lease instead
     * @param hintsAtSpec whether the report says that the failures are probably the spec's
     */
    record Ending(
            Optional<String> table,
            Optional<RunCounts> counts,
            Optional<String> quarantine,
            UnmatchedNames names,
            Optional<SkippedPartitions> skipped,
            Optional<String> report,
            Optional<String> holder,
            boolean hintsAtSpec) {

        static final Ending UNKNOWN = new Ending(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                UnmatchedNames.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);

        /** The state after a run that registered nothing. */
        static Ending of(DetectorAnswer answer) {
            return new Ending(
                    Optional.ofNullable(answer.table()),
                    Optional.empty(),
                    Optional.empty(),
                    UnmatchedNames.NONE,
                    Optional.empty(),
                    Optional.empty(),
                    answer.holder(),
                    false);
        }

        static Ending of(TableCreatorAnswer answer) {
            return new Ending(
                    Optional.ofNullable(answer.table()),
                    Optional.of(answer.counts()),
                    answer.links().quarantine(),
                    answer.links().names(),
                    answer.links().skipped(),
                    Optional.ofNullable(answer.links().report()),
                    Optional.empty(),
                    false);
        }

        /**
         * The state in the run's report.
         *
         * @param uri of the report
         */
        static Ending of(RunReport report, String uri) {
            return new Ending(
                    Optional.of(report.header().table().toString()),
                    Optional.of(report.counts()),
                    report.details().quarantine(),
                    report.details().names(),
                    SkippedPartitions.of(report),
                    Optional.of(uri),
                    Optional.empty(),
                    report.hintsAtSpec());
        }

        RunCounts.Gone gone() {
            return counts.map(RunCounts::gone).orElse(RunCounts.Gone.NONE);
        }

        private OptionalLong count(Function<RunCounts, OptionalLong> number) {
            return counts.map(number).orElse(OptionalLong.empty());
        }
    }

    @JsonProperty
    public Optional<String> table() {
        return ending.table;
    }

    /** Partitions that this run registered. */
    @JsonProperty
    public OptionalLong registered() {
        return ending.count(counts -> OptionalLong.of(counts.registered()));
    }

    @JsonProperty
    public OptionalLong outstanding() {
        return ending.count(counts -> OptionalLong.of(counts.outstanding()));
    }

    /** Partitions without data in the last pass: failed ones among them are outstanding no longer. */
    @JsonProperty
    public Optional<SkippedPartitions> skipped() {
        return ending.skipped;
    }

    /** Periods without a prefix, if they count as outstanding. */
    OptionalLong missing() {
        return ending.count(RunCounts::missing);
    }

    /** Waived partitions of the table. */
    @JsonProperty
    public OptionalLong waived() {
        return ending.count(counts -> counts.exempt().waived());
    }

    @JsonProperty
    public OptionalLong badRecords() {
        return ending.count(RunCounts::badRecords);
    }

    /** The URI of the folder with the bad records. */
    @JsonProperty
    public Optional<String> quarantine() {
        return ending.quarantine;
    }

    /** The names of raw fields without a column, and of columns without a field. */
    @JsonUnwrapped
    @JsonProperty
    public UnmatchedNames names() {
        return ending.names;
    }

    /** The URI of the run's report. */
    @JsonProperty
    public Optional<String> report() {
        return ending.report;
    }

    /** The ARN of the execution that holds the table's lease instead. */
    @JsonProperty
    public Optional<String> holder() {
        return ending.holder;
    }
}
