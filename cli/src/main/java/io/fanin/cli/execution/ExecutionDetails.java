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
 * @param redriveStatus Step Functions' own statement whether it accepts a redrive; absent if it makes none
 * @param input absent, like the fields after it, if the execution was only listed
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

    /**
     * Whether it can be redriven: it has failed, and Step Functions does not state the contrary, as it does after 14
     * days.
     */
    public boolean isRedrivable() {
        return hasFailed() && redriveStatus.filter(NOT_REDRIVABLE::equals).isEmpty();
    }

    /** The message about one that has ended, and is not redrivable. */
    public String notRedrivable() {
        return name() + (hasFailed() ? " can no longer be redriven" : " cannot be redriven: it is " + status);
    }

    /** Whether its status is that of a held execution; a list of executions has no more information. */
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
     * Whether its failure needs attention. Deliberate failures and those of plans do not. A run of all tables in which
     * some failed does, since a table that could not be started has no execution of its own.
     */
    public boolean failsUnexpectedly() {
        return !isPlan() && (!isDeliberate() || failedWith(ExecutionError.TABLES_FAILED));
    }

    /** Whether its input requests only a plan, or a selection of tables. */
    public boolean isPlan() {
        return ExecutionInput.isDryRun(input.orElse(""));
    }

    /** Whether it only processes the outstanding partitions of another execution. */
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

    /** The remedies for its failure; an empty list for unforeseen errors. */
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

    /** Whether it has succeeded, and the table has nothing outstanding. */
    public boolean hasLeftTableComplete() {
        return output().flatMap(StepAnswer::find).stream().anyMatch(answer -> switch (answer) {
            case TableCreatorAnswer registered -> registered.status() == TableStatus.COMPLETE;
            case DetectorAnswer detected -> detected.next() != NextStep.PARTIAL;
            case GateAnswer left -> true;
            case StepAnswer.OfAllTables all -> false;
        });
    }

    /**
     * Whether its output is that of a completed run of the table, rather than a plan or a reference to another
     * execution.
     */
    public boolean hasBroughtUpToDate(TableName table) {
        return output().flatMap(StepAnswer::find).stream()
                .filter(answer ->
                        answer instanceof StepAnswer.OfTable one && one.table().equals(table.toString()))
                .anyMatch(answer -> !(answer instanceof StepAnswer.OfPass pass)
                        || pass.next().endsWithoutWork());
    }
}
