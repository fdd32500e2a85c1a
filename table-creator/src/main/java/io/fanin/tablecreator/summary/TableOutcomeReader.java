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
import io.fanin.model.run.Failure;
import io.fanin.model.run.RunId;
import io.fanin.model.run.RunReport;
import io.fanin.model.run.TableStatus;
import io.fanin.model.run.detection.DetectionSummary;
import java.util.Optional;
import java.util.OptionalLong;

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
            return registered
                    .detection()
                    .map(found -> fine(item, TableOutcome.COMPLETE, found))
                    .orElseGet(() -> TableResult.of(item, TableOutcome.COMPLETE));
        }
        if (output.isPresent() && output.get() instanceof DetectorAnswer detected) {
            switch (detected.next()) {
                case NOTHING_NEW -> {
                    return fine(item, TableOutcome.NOTHING_NEW, detected.detection());
                }
                case BUSY -> {
                    return TableResult.of(item, TableOutcome.BUSY);
                }
                default -> {}
            }
        }
        return partial(item, report(item), "TablePartial", "the table is partial");
    }

    private static TableResult fine(TableItem item, TableOutcome outcome, DetectionSummary found) {
        return new TableResult(
                item.table(),
                outcome,
                Optional.of(item.name()),
                OptionalLong.empty(),
                Optional.empty(),
                found.unfit().map(TableResult::remark));
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
        return new TableResult(
                item.table(),
                TableOutcome.PARTIAL,
                Optional.of(item.name()),
                report.map(last -> OptionalLong.of(last.counts().outstanding())).orElseGet(OptionalLong::empty),
                Optional.of(error),
                Optional.of(Failure.shortMessage(message)));
    }

    private static TableResult failed(TableItem item, String error, String message) {
        return new TableResult(
                item.table(),
                TableOutcome.FAILED,
                Optional.of(item.name()),
                OptionalLong.empty(),
                Optional.of(error),
                Optional.of(Failure.shortMessage(message)));
    }

    private Optional<RunReport> report(TableItem item) {
        return new RunFolder(state, new RunId(item.name())).report();
    }
}
