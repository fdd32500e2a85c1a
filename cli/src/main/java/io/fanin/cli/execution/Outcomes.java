package io.fanin.cli.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.cli.execution.Outcome.Result;
import io.fanin.core.json.Json;
import io.fanin.core.run.Next;
import io.fanin.core.run.RunId;
import io.fanin.core.run.RunReport;
import io.fanin.core.run.TableStatus;
import io.fanin.core.run.folder.RunFolder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Determines the outcome of executions from Step Functions and the run's report.
 *
 * @param folders the run folders
 */
public record Outcomes(Function<RunId, RunFolder> folders) {

    private static final Map<String, Result> UNCHANGED = Map.of(
            Next.BUSY.name(), Result.BUSY,
            Next.NOTHING_NEW.name(), Result.NOTHING_NEW,
            Next.PARTIAL.name(), Result.STILL_PARTIAL,
            Next.PLANNED.name(), Result.PLANNED);

    private static final String PARTIAL_ERROR = "TablePartialException";
    private static final String BUSY_ERROR = "TableBusyException";

    /** The outcome of an execution that has ended. */
    public Outcome of(Moment moment) {
        ExecutionDetails execution = moment.execution();
        ObjectNode detection = moment.history().detection();
        if (execution.status().equals(ExecutionDetails.SUCCEEDED)) {
            return succeeded(execution, detection);
        }
        String message = failure(execution.error(), execution.cause());
        if (isHeld(execution.error())) {
            return reported(execution, Result.HELD, ExecutionHistory.NONE.detection(), detection, Optional.of(message));
        }
        if (execution.error().filter(error -> error.endsWith(BUSY_ERROR)).isPresent()) {
            return failed(execution, Result.BUSY, detection, message);
        }
        String ended = execution.status().equals("ABORTED")
                ? "was stopped"
                : execution.status().toLowerCase(Locale.ROOT).replace('_', ' ');
        return failed(
                execution, Result.FAILED, detection, "Execution " + execution.name() + " " + ended + ": " + message);
    }

    /** Whether an execution that ended with this error waits to be redriven. */
    public static boolean isHeld(Optional<String> error) {
        return error.filter(text -> text.endsWith(PARTIAL_ERROR)).isPresent();
    }

    /** The part of an execution's failure that is shown: of a Lambda's error the message, without its stack trace. */
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

    private Outcome succeeded(ExecutionDetails execution, ObjectNode detection) {
        ObjectNode output = ExecutionHistory.object(execution.output());
        Optional<Result> unchanged =
                Optional.ofNullable(UNCHANGED.get(output.path("next").asText()));
        if (unchanged.isPresent()) {
            return new Outcome(execution.name(), unchanged.get(), output, List.of(), output, Optional.empty());
        }
        return output.path("status").asText().equals(TableStatus.PARTIAL.name())
                ? reported(execution, Result.PARTIAL, output, detection, Optional.empty())
                : new Outcome(execution.name(), Result.COMPLETE, output, List.of(), detection, Optional.empty());
    }

    private static Outcome failed(ExecutionDetails execution, Result result, ObjectNode detection, String message) {
        return new Outcome(
                execution.name(),
                result,
                ExecutionHistory.NONE.detection(),
                List.of(),
                detection,
                Optional.of(message));
    }

    /** The outcome from the run's report, or without it where there is none. */
    private Outcome reported(
            ExecutionDetails execution,
            Result result,
            ObjectNode known,
            ObjectNode detection,
            Optional<String> message) {
        // The run's id, from its own detector or gate.
        RunFolder folder = folders.apply(new RunId(detection.path("run").asText(execution.name())));
        Optional<RunReport> report = folder.report();
        ObjectNode told = report.map(
                        found -> Json.documents().<ObjectNode>valueToTree(found).put("report", folder.reportUri()))
                .orElse(known);
        List<FailedPartition> failures = report.stream()
                .flatMap(found -> found.failures().stream())
                .map(FailedPartition::of)
                .toList();
        return new Outcome(execution.name(), result, told, failures, detection, message);
    }
}
