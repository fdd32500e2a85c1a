package io.fanin.cli.execution;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.cli.console.ExitCode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What came of an execution: the answer of {@code run} and {@code redrive}.
 *
 * @param execution its name
 * @param table empty where the execution does not say it
 * @param registered by this run
 * @param failures the partitions of the table that are outstanding
 * @param quarantine the URI of the folder where bad records lie
 * @param report the URI of the run's report
 * @param holder ARN of the execution that is working on the table instead
 * @param detection what was seen, as the execution's output has it
 * @param message why it failed
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Outcome(
        String execution,
        Result result,
        Optional<String> table,
        OptionalLong registered,
        OptionalLong outstanding,
        List<FailedPartition> failures,
        OptionalLong badRecords,
        Optional<String> quarantine,
        Optional<String> report,
        Optional<String> holder,
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

    /**
     * Of an execution.
     *
     * @param told its last output, or the run's report
     */
    static Outcome of(
            ExecutionDetails execution,
            Result result,
            ObjectNode told,
            List<FailedPartition> failures,
            ObjectNode detection,
            Optional<String> message) {
        return new Outcome(
                execution.name(),
                result,
                text(told, "table"),
                number(told, "registered"),
                number(told, "outstanding"),
                failures,
                number(told, "badRecords"),
                text(told, "quarantine"),
                text(told, "report"),
                text(told, "holder"),
                detection,
                message);
    }

    private static Optional<String> text(ObjectNode output, String name) {
        return Optional.ofNullable(output.path(name).textValue());
    }

    private static OptionalLong number(ObjectNode output, String name) {
        return output.path(name).canConvertToLong()
                ? OptionalLong.of(output.path(name).longValue())
                : OptionalLong.empty();
    }
}
