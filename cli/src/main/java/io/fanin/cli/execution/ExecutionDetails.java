package io.fanin.cli.execution;

import io.fanin.core.answer.DetectorAnswer;
import io.fanin.core.answer.ExecutionError;
import io.fanin.core.answer.FunctionError;
import io.fanin.core.answer.GateAnswer;
import io.fanin.core.answer.StepAnswer;
import io.fanin.core.answer.TableCreatorAnswer;
import io.fanin.core.answer.UnexplainedEnd;
import io.fanin.core.input.ExecutionInput;
import io.fanin.model.run.ExecutionStatuses;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.TableStatus;
import io.fanin.model.table.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionRedriveStatus;

/**
 * An execution in Step Functions.
 *
 * @param redrives the number of its redrives
 * @param redriveStatus whether Step Functions takes a redrive, in its words: empty where it does not say
 * @param input empty, like the fields after it, if it was only listed
 */
public record ExecutionDetails(
        String name,
        String arn,
        String status,
        Instant started,
        Optional<Instant> stopped,
        int redrives,
        Optional<String> redriveStatus,
        Optional<String> input,
        Optional<String> output,
        Optional<String> error,
        Optional<String> cause) {

    private static final String NOT_REDRIVABLE = ExecutionRedriveStatus.NOT_REDRIVABLE.toString();

    static ExecutionDetails of(DescribeExecutionResponse described) {
        return new ExecutionDetails(
                described.name(),
                described.executionArn(),
                described.statusAsString(),
                described.startDate(),
                Optional.ofNullable(described.stopDate()),
                Optional.ofNullable(described.redriveCount()).orElse(0),
                Optional.ofNullable(described.redriveStatusAsString()),
                Optional.ofNullable(described.input()),
                Optional.ofNullable(described.output()),
                Optional.ofNullable(described.error()),
                Optional.ofNullable(described.cause()));
    }

    static ExecutionDetails of(ExecutionListItem listed) {
        return of(DescribeExecutionResponse.builder()
                .name(listed.name())
                .executionArn(listed.executionArn())
                .status(listed.statusAsString())
                .startDate(listed.startDate())
                .stopDate(listed.stopDate())
                .redriveCount(listed.redriveCount())
                .build());
    }

    public boolean isRunning() {
        return ExecutionStatuses.isAlive(status);
    }

    /** Whether it has ended and has not succeeded. */
    public boolean hasFailed() {
        return !isRunning() && !hasSucceeded();
    }

    public boolean hasSucceeded() {
        return status.equals(ExecutionStatuses.SUCCEEDED);
    }

    /** Whether it can be redriven: it has failed, and, as far as that is said, not more than 14 days ago. */
    public boolean isRedrivable() {
        return hasFailed() && redriveStatus.filter(NOT_REDRIVABLE::equals).isEmpty();
    }

    /** The message about one that has ended, and is not redrivable. */
    public String notRedrivable() {
        return name() + (hasFailed() ? " can no longer be redriven" : " cannot be redriven: it is " + status);
    }

    /** Whether it has ended as one that is held does, as far as a list of executions tells. */
    public boolean mayBeHeld() {
        return status.equals(ExecutionStatuses.FAILED);
    }

    /** Whether it is held at the gate. */
    public boolean isHeld() {
        return failedWith(ExecutionError.TABLE_PARTIAL);
    }

    /** Whether an execution with this error is held at the gate. */
    public static boolean isErrorOfHeld(String error) {
        return error.equals(ExecutionError.TABLE_PARTIAL.className());
    }

    /** Whether it is a run of all tables that has failed because of its tables alone. */
    public boolean hasFailedForTables() {
        return failedWith(ExecutionError.TABLES_PARTIAL) || failedWith(ExecutionError.TABLES_FAILED);
    }

    /** Whether it failed on purpose: at the gate, or because its table is busy. */
    public boolean isDeliberate() {
        return ExecutionError.onPurpose().anyMatch(this::failedWith);
    }

    /**
     * Whether a failure of it is to be told: not one on purpose, nor that of a mere plan, but that of a run of all
     * tables of which some failed, since one that could not be started has no execution that tells it.
     */
    public boolean failsUnexpectedly() {
        return !isPlan() && (!isDeliberate() || failedWith(ExecutionError.TABLES_FAILED));
    }

    /** Whether it was only to plan a run, or to select tables. */
    public boolean isPlan() {
        return ExecutionInput.isDryRun(input.orElse(""));
    }

    /** Whether it only takes up what another execution has left outstanding. */
    boolean takesUpAnother() {
        return ExecutionInput.isRedriveOf(input.orElse(""));
    }

    /** Whether it only changes waivers. */
    boolean changesWaivers() {
        return ExecutionInput.isWaiving(input.orElse(""));
    }

    /** Whether it was redriven while another one was working on its table. */
    boolean hasFoundTableBusy() {
        return failedWith(ExecutionError.TABLE_BUSY) || failedWith(ExecutionError.REDRIVEN_WHILE_BUSY);
    }

    /** What to do about its failure; empty for unforeseen errors. */
    public List<String> advice() {
        return error.flatMap(ExecutionError::find).map(ExecutionError::advice).stream()
                .toList();
    }

    boolean failedWith(ExecutionError known) {
        return error.filter(known.className()::equals).isPresent();
    }

    /** The part of its failure that is shown: the message of a function's error, without its stack trace. */
    public String failure() {
        return cause.flatMap(FunctionError::text)
                .orElseGet(() -> Optional.of(Stream.of(error, cause)
                                .flatMap(Optional::stream)
                                .collect(Collectors.joining(": ")))
                        .filter(text -> !text.isEmpty())
                        .orElseGet(() -> UnexplainedEnd.text(status)));
    }

    /** Whether it has succeeded, and left nothing of the table outstanding. */
    public boolean hasLeftTableComplete() {
        return output().flatMap(StepAnswer::find).stream().anyMatch(answer -> switch (answer) {
            case TableCreatorAnswer registered -> registered.status() == TableStatus.COMPLETE;
            case DetectorAnswer detected -> detected.next() != NextStep.PARTIAL;
            case GateAnswer left -> true;
            case StepAnswer.OfAllTables all -> false;
        });
    }

    /** Whether its answer is that of a run of the table: neither planned only, nor left to another execution. */
    public boolean hasBroughtUpToDate(TableName table) {
        return output().flatMap(StepAnswer::find).stream()
                .filter(answer ->
                        answer instanceof StepAnswer.OfTable one && one.table().equals(table.toString()))
                .anyMatch(answer -> !(answer instanceof StepAnswer.OfPass pass)
                        || pass.next().changesNothing());
    }
}
