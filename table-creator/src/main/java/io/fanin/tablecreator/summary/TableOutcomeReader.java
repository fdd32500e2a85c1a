package io.fanin.tablecreator.summary;

import io.fanin.core.alltables.TableItem;
import io.fanin.core.alltables.TableOutcome;
import io.fanin.core.alltables.TableResult;
import io.fanin.core.answer.DetectorAnswer;
import io.fanin.core.answer.ExecutionError;
import io.fanin.core.answer.FunctionError;
import io.fanin.core.answer.StepAnswer;
import io.fanin.core.answer.TableCreatorAnswer;
import io.fanin.core.execution.ExecutionEnd;
import io.fanin.core.execution.ExecutionEnds;
import io.fanin.core.record.PublishedParameters;
import io.fanin.core.record.RecordedRun;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TableRecords;
import io.fanin.core.retry.Sleeper;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.store.ObjectStore;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.RunId;
import io.fanin.model.run.RunReport;
import io.fanin.model.run.TableStatus;
import io.fanin.model.run.detection.DetectionSummary;
import io.fanin.model.text.Counted;
import io.fanin.model.text.LogSafe;
import io.fanin.tablecreator.events.EndedExecution;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Determines the outcome of tables whose receipts do not report success, for one summary: it waits a few seconds in all
 * for DescribeExecution to say what the Map was told before.
 */
final class TableOutcomeReader {

    /** The error of an execution that was not started, if its receipt names none. */
    static final String NOT_STARTED = "NotStarted";

    /** The error that the Map was told of an execution that has failed. */
    private static final String HAS_FAILED = "States.TaskFailed";

    /** The errors of a redrive that was refused. */
    private static final Set<ExecutionError> BUSY =
            Set.of(ExecutionError.TABLE_BUSY, ExecutionError.REDRIVEN_WHILE_BUSY);

    /** The outstanding partitions that a message names. */
    private static final int SAMPLE = 5;

    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final int PAUSES = 4;

    private final ObjectStore state;
    private final ExecutionEnds executions;
    private final Sleeper sleeper;
    private int pauses;

    TableOutcomeReader(ObjectStore state, ExecutionEnds executions, Sleeper sleeper) {
        this.state = state;
        this.executions = executions;
        this.sleeper = sleeper;
    }

    /** The outcome of a table whose receipt does not report it. */
    TableResult read(TableItem item, TableReceipt receipt) {
        String reported = receipt.error().filter(name -> !name.isEmpty()).orElse(NOT_STARTED);
        boolean hasEnded = receipt.end() == TableReceipt.End.LOOK || reported.equals(HAS_FAILED);
        return read(item, reported, hasEnded);
    }

    /** The outcome of a table without a receipt. */
    TableResult read(TableItem item) {
        return read(item, NOT_STARTED, false);
    }

    /**
     * @param reported the error in the receipt, for an execution that may not have been started
     * @param hasEnded whether the Map was told so: then that is waited for
     */
    private TableResult read(TableItem item, String reported, boolean hasEnded) {
        Optional<ExecutionEnd> end = executions.of(item.execution());
        while (hasEnded && end.filter(ExecutionEnd::isAlive).isPresent() && pauses < PAUSES) {
            pauses++;
            sleeper.sleep(PAUSE);
            end = executions.of(item.execution());
        }
        return end.map(known -> outcome(item, known))
                .orElseGet(() -> failed(
                        item,
                        reported,
                        "the table's execution could not be started: fanin redrive --all EXECUTION starts it"));
    }

    /** The outcome of the table's execution, or of a later run of the table. */
    private TableResult outcome(TableItem item, ExecutionEnd end) {
        if (end.isAlive()) {
            return failed(item, end.status(), "the table's execution is under way: redrive this one when it has ended");
        }
        return end.hasSucceeded() ? succeeded(item, end) : unsuccessful(item, end);
    }

    private TableResult succeeded(TableItem item, ExecutionEnd end) {
        Optional<StepAnswer> output = end.output().flatMap(StepAnswer::find);
        if (output.isPresent()
                && output.get() instanceof TableCreatorAnswer registered
                && registered.status() == TableStatus.COMPLETE) {
            TableResult complete = TableResult.of(item, TableOutcome.COMPLETE);
            return registered.detection().map(complete::remarking).orElse(complete);
        }
        if (output.isPresent() && output.get() instanceof DetectorAnswer detected) {
            if (detected.next() == NextStep.NOTHING_NEW) {
                return nothingNew(item, detected.detection());
            }
            if (detected.next() == NextStep.BUSY) {
                return TableResult.of(item, TableOutcome.BUSY);
            }
        }
        return partial(item, report(item), "TablePartial", "the table is partial");
    }

    private TableResult nothingNew(TableItem item, DetectionSummary found) {
        TableResult result = TableResult.of(item, TableOutcome.NOTHING_NEW).remarking(found);
        boolean hasNoPartition = found.found() == 0
                && found.unfit().isEmpty()
                && new TableRecords(state).read(item.table()).changedBy().isEmpty();
        return hasNoPartition ? result.withoutPartitions() : result;
    }

    /**
     * A table is partial if its execution is held at the gate, or still is after a redrive that was refused while
     * another execution was busy. One that has ended otherwise after a pass that left the table partial has failed,
     * with what is outstanding, unless a later run has completed the table.
     */
    private TableResult unsuccessful(TableItem item, ExecutionEnd end) {
        RunFolder run = new RunFolder(state, runOf(item));
        Optional<RunReport> report = run.report();
        String error = end.error().filter(text -> !text.isBlank()).orElse(end.status());
        String message = FunctionError.message(end.cause().orElse(""));
        if (report.filter(last -> last.status() == TableStatus.PARTIAL).isEmpty()) {
            return failed(item, error, message);
        }
        TableResult partial = partial(item, report, error, message);
        boolean isHeld = EndedExecution.isHeld(end.status(), end.error().orElse(""), run, report.get())
                || ExecutionError.find(error).filter(BUSY::contains).isPresent();
        return isHeld || partial.outcome() == TableOutcome.COMPLETE ? partial : partial.failed();
    }

    /** A later run of the table may have registered partitions that this one could not. */
    private TableResult partial(TableItem item, Optional<RunReport> report, String error, String message) {
        TableRecord record = new TableRecords(state).read(item.table());
        Optional<RunId> laterRun = record.lastRun().map(RecordedRun::run).filter(run -> !run.equals(runOf(item)));
        if (laterRun.isPresent() && PublishedParameters.status(record) == TableStatus.COMPLETE) {
            return TableResult.of(item, TableOutcome.COMPLETE);
        }
        TableResult partial = TableResult.of(item, TableOutcome.PARTIAL);
        if (laterRun.isPresent()) {
            return partial.failedWith(error, left(laterRun.get(), record))
                    .withOutstanding(record.outstanding().size());
        }
        TableResult own = partial.failedWith(error, message);
        return report.map(last -> own.withOutstanding(last.counts().outstanding()))
                .orElse(own);
    }

    private static String left(RunId run, TableRecord record) {
        String sample = record.outstanding().stream()
                .limit(SAMPLE)
                .map(one -> LogSafe.name(one.values().nameFor(List.of())) + " ("
                        + one.failure().error() + ": " + one.failure().message() + ")")
                .collect(Collectors.joining("; "));
        String missing = record.progress().missing().isPresent() ? ", periods missing" : "";
        return "since run " + run + ": " + Counted.of(record.outstanding().size(), "partition") + " outstanding"
                + missing + (sample.isEmpty() ? "" : ": " + sample);
    }

    private static TableResult failed(TableItem item, String error, String message) {
        return TableResult.of(item, TableOutcome.FAILED).failedWith(error, message);
    }

    private Optional<RunReport> report(TableItem item) {
        return new RunFolder(state, runOf(item)).report();
    }

    private static RunId runOf(TableItem item) {
        return new RunId(item.name());
    }
}
