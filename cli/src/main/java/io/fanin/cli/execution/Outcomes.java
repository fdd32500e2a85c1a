package io.fanin.cli.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.cli.execution.Outcome.Result;
import io.fanin.core.run.Next;
import io.fanin.core.run.RunFolder;
import io.fanin.core.run.RunId;
import io.fanin.core.run.RunReport;
import io.fanin.core.run.TableStatus;
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
    public Outcome of(String execution, Moment moment) {
        if (moment.status().equals("SUCCEEDED")) {
            return succeeded(execution, moment);
        }
        String message = failure(moment.error(), moment.cause());
        if (isHeld(moment.error())) {
            return held(execution, moment).because(message);
        }
        if (ends(moment.error(), BUSY_ERROR)) {
            return Outcome.of(execution, Result.BUSY, moment.history().detection())
                    .because(message);
        }
        String ended = moment.status().equals("ABORTED")
                ? "was stopped"
                : moment.status().toLowerCase(Locale.ROOT).replace('_', ' ');
        return Outcome.of(execution, Result.FAILED, moment.history().detection())
                .because("Execution " + execution + " " + ended + ": " + message);
    }

    /** Whether an execution that ended with this error waits to be redriven. */
    public static boolean isHeld(Optional<String> error) {
        return ends(error, PARTIAL_ERROR);
    }

    /** What a person has to know of an execution's failure: of a Lambda's error the message, without its stack trace. */
    public static String failure(Optional<String> error, Optional<String> cause) {
        ObjectNode parsed = ExecutionHistory.object(cause.orElse(""));
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

    private Outcome succeeded(String execution, Moment moment) {
        ObjectNode output = ExecutionHistory.object(moment.output().orElse(""));
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
        return isPartial ? reported(execution, moment, outcome) : outcome;
    }

    private Outcome held(String execution, Moment moment) {
        return reported(
                execution,
                moment,
                Outcome.of(execution, Result.HELD, moment.history().detection()));
    }

    private Outcome reported(String execution, Moment moment, Outcome outcome) {
        RunFolder folder = folders.apply(run(execution, moment));
        Optional<RunReport> report = folder.report();
        return report.map(told -> outcome.with(told, folder.reportUri())).orElse(outcome);
    }

    /** The run's id, as its own detector or gate said it. */
    private static RunId run(String execution, Moment moment) {
        return new RunId(moment.history().detection().path("run").asText(execution));
    }

    private static boolean ends(Optional<String> error, String name) {
        return error.filter(text -> text.endsWith(name)).isPresent();
    }
}
