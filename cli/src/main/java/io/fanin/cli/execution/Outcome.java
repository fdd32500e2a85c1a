package io.fanin.cli.execution;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.cli.console.ExitCode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The outcome of an execution: the answer of {@code run} and {@code redrive}.
 *
 * @param execution its name
 * @param told its last output, or the run's report; fields that it lacks are empty here
 * @param failures the partitions of the table that are outstanding
 * @param detection the detection, as in the execution's output
 * @param message why it failed
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
    "report",
    "holder"
})
public record Outcome(
        String execution,
        Result result,
        @JsonIgnore ObjectNode told,
        List<FailedPartition> failures,
        ObjectNode detection,
        Optional<String> message) {

    /** How an execution ended. */
    public enum Result {
        COMPLETE(ExitCode.DONE),
        NOTHING_NEW(ExitCode.DONE),
        PLANNED(ExitCode.DONE),
        /** The table is partial; the execution is held, and can be redriven. */
        HELD(ExitCode.PARTIAL),
        /** The table is partial, and the execution has succeeded all the same. */
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

    @JsonProperty
    public Optional<String> table() {
        return text("table");
    }

    /** Partitions that this run registered. */
    @JsonProperty
    public OptionalLong registered() {
        return number("registered");
    }

    @JsonProperty
    public OptionalLong outstanding() {
        return number("outstanding");
    }

    /** Waived partitions of the table. */
    @JsonProperty
    public OptionalLong waived() {
        return number("waived");
    }

    @JsonProperty
    public OptionalLong badRecords() {
        return number("badRecords");
    }

    /** The URI of the folder where bad records lie. */
    @JsonProperty
    public Optional<String> quarantine() {
        return text("quarantine");
    }

    /** The URI of the run's report. */
    @JsonProperty
    public Optional<String> report() {
        return text("report");
    }

    /** ARN of the execution that is working on the table instead. */
    @JsonProperty
    public Optional<String> holder() {
        return text("holder");
    }

    private Optional<String> text(String name) {
        return Optional.ofNullable(told.path(name).textValue());
    }

    private OptionalLong number(String name) {
        return told.path(name).canConvertToLong()
                ? OptionalLong.of(told.path(name).longValue())
                : OptionalLong.empty();
    }
}
