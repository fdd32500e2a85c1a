package io.fanin.cli.execution;

import io.fanin.cli.console.CommandFailedException;
import io.fanin.cli.execution.Outcome.Ending;
import io.fanin.cli.execution.Outcome.Result;
import io.fanin.core.answer.DetectorAnswer;
import io.fanin.core.answer.GateAnswer;
import io.fanin.core.answer.StepAnswer;
import io.fanin.core.answer.TableCreatorAnswer;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.model.run.ExecutionStatuses;
import io.fanin.model.run.RunId;
import io.fanin.model.run.RunReport;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Determines the outcome of executions from Step Functions and the run's report.
 *
 * @param folders the run folders
 */
public record Outcomes(Function<RunId, RunFolder> folders) {

    // Executions that list no prefix have no information about prefixes.
    private static final String NOTHING_LEFT =
            "Nothing to redrive: what that execution left outstanding was registered or waived since.";

    private static final String NOTHING_TO_WAIVE =
            "Nothing to change: the partitions are waived, or no longer waived, as this execution asked.";

    /** The outcome of an execution that has ended. */
    public Outcome of(Moment moment) {
        ExecutionDetails execution = moment.execution();
        ExecutionWork work = moment.history().work();
        if (execution.status().equals(ExecutionStatuses.SUCCEEDED)) {
            return succeeded(execution, work);
        }
        String message = execution.failure();
        if (execution.isHeld()) {
            return reported(execution, Result.HELD, Ending.UNKNOWN, work).because(message);
        }
        if (execution.hasFoundTableBusy()) {
            return failed(execution, Result.BUSY, work, message);
        }
        String ended = execution.status().equals(ExecutionStatuses.ABORTED)
                ? "was stopped"
                : execution.status().toLowerCase(Locale.ROOT).replace('_', ' ');
        return failed(execution, Result.FAILED, work, "Execution " + execution.name() + " " + ended + ": " + message);
    }

    private Outcome succeeded(ExecutionDetails execution, ExecutionWork work) {
        Optional<StepAnswer> output = execution.output().flatMap(StepAnswer::find);
        if (output.isEmpty()) {
            throw new CommandFailedException(
                    "the output of execution " + execution.name() + " cannot be read",
                    "use the command line of the stack's version");
        }
        return switch (output.get()) {
            case DetectorAnswer detected -> unchanged(execution, detected);
            case TableCreatorAnswer registered -> registered(execution, registered, work);
            case GateAnswer left -> complete(execution, Ending.UNKNOWN, work);
            case StepAnswer.OfAllTables all -> complete(execution, Ending.UNKNOWN, work);
        };
    }

    private static Outcome unchanged(ExecutionDetails execution, DetectorAnswer detected) {
        Result result = switch (detected.next()) {
            case BUSY -> Result.BUSY;
            case NOTHING_NEW -> Result.NOTHING_NEW;
            case PARTIAL -> Result.STILL_PARTIAL;
            case PLANNED -> Result.PLANNED;
            case CHECK, CHECK_PLAN, PROCESS, PROCESS_BY_JOB, REGISTER -> Result.COMPLETE;
        };
        return new Outcome(
                execution.name(),
                result,
                Ending.of(detected),
                List.of(),
                ExecutionWork.NONE.after(detected),
                Optional.empty(),
                result == Result.NOTHING_NEW ? nothingLooked(execution) : Optional.empty());
    }

    private static Optional<String> nothingLooked(ExecutionDetails execution) {
        if (execution.takesUpAnother()) {
            return Optional.of(NOTHING_LEFT);
        }
        return execution.changesWaivers() ? Optional.of(NOTHING_TO_WAIVE) : Optional.empty();
    }

    private Outcome registered(ExecutionDetails execution, TableCreatorAnswer registered, ExecutionWork work) {
        Ending ending = Ending.of(registered);
        return switch (registered.status()) {
            case COMPLETE -> complete(execution, ending, work);
            case PARTIAL -> reported(execution, Result.PARTIAL, ending, work);
        };
    }

    private static Outcome complete(ExecutionDetails execution, Ending ending, ExecutionWork work) {
        return new Outcome(
                execution.name(), Result.COMPLETE, ending, List.of(), work, Optional.empty(), Optional.empty());
    }

    private static Outcome failed(ExecutionDetails execution, Result result, ExecutionWork work, String message) {
        return new Outcome(
                execution.name(), result, Ending.UNKNOWN, List.of(), work, execution.error(), Optional.of(message));
    }

    /** The outcome with the run's report, if there is one. */
    private Outcome reported(ExecutionDetails execution, Result result, Ending known, ExecutionWork work) {
        // The run's id, from its own detector or gate.
        RunFolder folder =
                folders.apply(work.answer().map(StepAnswer::run).orElseGet(() -> new RunId(execution.name())));
        Optional<RunReport> report = folder.report();
        List<FailedPartition> failures = report.stream()
                .flatMap(found -> found.failures().stream())
                .map(FailedPartition::of)
                .toList();
        return new Outcome(
                execution.name(),
                result,
                report.map(found -> Ending.of(found, folder.reportUri())).orElse(known),
                failures,
                work,
                execution.error(),
                Optional.empty());
    }
}
