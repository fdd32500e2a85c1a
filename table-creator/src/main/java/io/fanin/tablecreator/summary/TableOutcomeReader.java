package io.fanin.tablecreator.summary;

import io.fanin.core.alltables.TableItem;
import io.fanin.core.alltables.TableOutcome;
import io.fanin.core.alltables.TableResult;
import io.fanin.core.answer.DetectorAnswer;
import io.fanin.core.answer.FunctionError;
import io.fanin.core.answer.StepAnswer;
import io.fanin.core.answer.TableCreatorAnswer;
import io.fanin.core.lease.ExecutionEnd;
import io.fanin.core.lease.ExecutionEnds;
import io.fanin.core.record.PublishedParameters;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TableRecords;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.store.ObjectStore;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.RunId;
import io.fanin.model.run.RunReport;
import io.fanin.model.run.TableStatus;
import java.util.Optional;

/** Determines the outcome of tables whose receipts do not report success. */
record TableOutcomeReader(ObjectStore state, ExecutionEnds executions) {

    /** The error of an execution that was not started, if its receipt names none. */
    static final String NOT_STARTED = "NotStarted";

    /**
     * The outcome of the table's execution, or of a later run of the table.
     *
     * @param told the error in the receipt, for an execution that may not have been started
     */
    TableResult look(TableItem item, String told) {
        Optional<ExecutionEnd> end = executions.of(item.execution());
        if (end.isEmpty()) {
            return failed(
                    item, told, "the table's execution could not be started: start another execution for the table");
        }
        if (end.get().isAlive()) {
            return failed(
                    item, end.get().status(), "the table's execution is under way: redrive this one when it has ended");
        }
        return end.get().hasSucceeded() ? succeeded(item, end.get()) : unsuccessful(item, end.get());
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
                return TableResult.of(item, TableOutcome.NOTHING_NEW).remarking(detected.detection());
            }
            if (detected.next() == NextStep.BUSY) {
                return TableResult.of(item, TableOutcome.BUSY);
            }
        }
        return partial(item, report(item), "TablePartial", "the table is partial");
    }

    private TableResult unsuccessful(TableItem item, ExecutionEnd end) {
        Optional<RunReport> report = report(item);
        String error = end.error().filter(text -> !text.isBlank()).orElse(end.status());
        String message = FunctionError.message(end.cause().orElse(""));
        return report.filter(last -> last.status() == TableStatus.PARTIAL).isPresent()
                ? partial(item, report, error, message)
                : failed(item, error, message);
    }

    /** A later run of the table may have registered the partitions that this one could not. */
    private TableResult partial(TableItem item, Optional<RunReport> report, String error, String message) {
        TableRecord record = new TableRecords(state).read(item.table());
        boolean isOfLaterRun = record.lastRun()
                .filter(last -> !last.run().equals(new RunId(item.name())))
                .isPresent();
        if (isOfLaterRun && PublishedParameters.status(record) == TableStatus.COMPLETE) {
            return TableResult.of(item, TableOutcome.COMPLETE);
        }
        TableResult partial = TableResult.of(item, TableOutcome.PARTIAL).failedWith(error, message);
        return report.map(last -> partial.withOutstanding(last.counts().outstanding()))
                .orElse(partial);
    }

    private static TableResult failed(TableItem item, String error, String message) {
        return TableResult.of(item, TableOutcome.FAILED).failedWith(error, message);
    }

    private Optional<RunReport> report(TableItem item) {
        return new RunFolder(state, new RunId(item.name())).report();
    }
}
