package io.fanin.cli.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.cli.execution.Outcome.Result;
import io.fanin.core.run.Next;
import io.fanin.core.run.RunId;
import io.fanin.core.run.RunReport;
import io.fanin.core.run.TableStatus;
import io.fanin.core.run.folder.RunFolder;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds out what came of executions, from what Step Functions says and the run's report.
 *
 * @param folders the run folders
 */
public record Outcomes(Function<RunId, RunFolder> folders) {

    private static final String PARTIAL_ERROR = "TablePartialException";
    private static final String BUSY_ERROR = "TableBusyException";

    /** What came of an execution that is over. */
    public Outcome of(Moment moment) {
        ExecutionDetails execution = moment.execution();
        if (execution.status().equals(ExecutionDetails.SUCCEEDED)) {
            return succeeded(moment);
        }
        String message = failure(execution.error(), execution.cause());
        if (isHeld(execution.error())) {
            return held(moment).because(message);
        }
        if (ends(execution.error(), BUSY_ERROR)) {
            return Outcome.of(execution.name(), Result.BUSY, moment.history().detection())
                    .because(message);
        }
        String ended = execution.status().equals("ABORTED")
                ? "was stopped"
                : execution.status().toLowerCase(Locale.ROOT).replace('_', ' ');
        return Outcome.of(execution.name(), Result.FAILED, moment.history().detection())
                .because("Execution " + execution.name() + " " + ended + ": " + message);
    }

    /** Whether an execution that ended with this error waits to be redriven. */
    public static boolean isHeld(Optional<String> error) {
        return ends(error, PARTIAL_ERROR);
    }

    /** What a person has to know of an execution's failure: of a Lambda's error the message, without its stack trace. */
    public static String failure(Optional<String> error, Optional<String> cause) {
        ObjectNode parsed = ExecutionHistory.object(cause);
        return Stream.of("errorMessage", "errorType")
                .map(name -> parsed.path(name).asText())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElseGet(() -> Optional.of(Stream.of(error, cause)
                                .flatMap(Optional::stream)
                                .collect(Collectors.joining(": ")))
                        .filter(text -> !text.isEmpty())
                        .orElse("no reason is given"));
    }

    private Outcome succeeded(Moment moment) {
        String execution = moment.execution().name();
        ObjectNode output = ExecutionHistory.object(moment.execution().output());
        String next = output.path("next").asText();
        if (next.equals(Next.BUSY.name())) {
            return Outcome.of(execution, Result.BUSY, output).withOutput(output);
        }
        if (next.equals(Next.NOTHING_NEW.name())) {
            return Outcome.of(execution, Result.NOTHING_NEW, output).withOutput(output);
        }
        if (next.equals(Next.PARTIAL.name())) {
            return Outcome.of(execution, Result.STILL_PARTIAL, output).withOutput(output);
        }
        if (next.equals(Next.PLANNED.name())) {
            return Outcome.of(execution, Result.PLANNED, output).withOutput(output);
        }
        boolean isPartial = output.path("status").asText().equals(TableStatus.PARTIAL.name());
        Outcome outcome = Outcome.of(
                        execution,
                        isPartial ? Result.PARTIAL : Result.COMPLETE,
                        moment.history().detection())
                .withOutput(output);
        return isPartial ? reported(moment, outcome) : outcome;
    }

    private Outcome held(Moment moment) {
        return reported(
                moment,
                Outcome.of(
                        moment.execution().name(), Result.HELD, moment.history().detection()));
    }

    private Outcome reported(Moment moment, Outcome outcome) {
        RunFolder folder = folders.apply(run(moment));
        Optional<RunReport> report = folder.report();
        return report.map(told -> outcome.with(told, folder.reportUri())).orElse(outcome);
    }

    /** The run's id, as its own detector or gate said it. */
    private static RunId run(Moment moment) {
        return new RunId(moment.history()
                .detection()
                .path("run")
                .asText(moment.execution().name()));
    }

    private static boolean ends(Optional<String> error, String name) {
        return error.filter(text -> text.endsWith(name)).isPresent();
    }
}
