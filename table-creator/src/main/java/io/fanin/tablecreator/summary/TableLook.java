package io.fanin.tablecreator.summary;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.core.alltables.TableItem;
import io.fanin.core.alltables.TableOutcome;
import io.fanin.core.alltables.TableResult;
import io.fanin.core.json.Json;
import io.fanin.core.lease.ExecutionEnd;
import io.fanin.core.lease.ExecutionEnds;
import io.fanin.core.record.PublishedParameters;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TableRecords;
import io.fanin.core.run.RunId;
import io.fanin.core.run.RunReport;
import io.fanin.core.run.TableStatus;
import io.fanin.core.run.detection.UnfitNames;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.store.ObjectStore;
import io.fanin.core.text.LogSafe;
import java.util.Optional;
import java.util.OptionalLong;

/** Determines the outcome of tables whose receipts do not report success. */
record TableLook(ObjectStore state, ExecutionEnds executions) {

    private static final int MAX_MESSAGE = 300;

    /**
     * How the table's execution ended, or the result of a later run of the table.
     *
     * @param told the error in the receipt, where the execution may not have been started
     */
    TableResult look(TableItem item, Optional<String> told) {
        Optional<ExecutionEnd> end = executions.of(item.execution());
        if (end.isEmpty()) {
            return failed(
                    item,
                    told.orElse("NotStarted"),
                    "the table's execution could not be started: start another execution for the table");
        }
        if (end.get().isAlive()) {
            return failed(
                    item, end.get().status(), "the table's execution is under way: redrive this one when it has ended");
        }
        return end.get().hasSucceeded() ? succeeded(item, end.get()) : unsuccessful(item, end.get());
    }

    private TableResult succeeded(TableItem item, ExecutionEnd end) {
        JsonNode output = parsed(end.output().orElse(""));
        return switch (output.path("status").asText(output.path("next").asText())) {
            case "COMPLETE" -> fine(item, TableOutcome.COMPLETE, output.path("detection"));
            case "NOTHING_NEW" -> fine(item, TableOutcome.NOTHING_NEW, output);
            case "BUSY" -> TableResult.of(item, TableOutcome.BUSY);
            default -> partial(item, report(item), "TablePartial", "the table is partial");
        };
    }

    private static TableResult fine(TableItem item, TableOutcome outcome, JsonNode detection) {
        return new TableResult(
                item.table(),
                outcome,
                item.name(),
                OptionalLong.empty(),
                Optional.empty(),
                UnfitNames.in(detection).map(unfit -> LogSafe.ofLines(unfit.textWithAdvice(), MAX_MESSAGE)));
    }

    private TableResult unsuccessful(TableItem item, ExecutionEnd end) {
        Optional<RunReport> report = report(item);
        String error = end.error().filter(text -> !text.isBlank()).orElse(end.status());
        String message = message(end);
        return report.filter(last -> last.status() == TableStatus.PARTIAL).isPresent()
                ? partial(item, report, error, message)
                : failed(item, error, message);
    }

    /** A run of the table since then may have registered what this one could not. */
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
                item.name(),
                report.map(last -> OptionalLong.of(last.counts().outstanding())).orElseGet(OptionalLong::empty),
                Optional.of(error),
                Optional.of(LogSafe.ofLines(message, MAX_MESSAGE)));
    }

    private static TableResult failed(TableItem item, String error, String message) {
        return new TableResult(
                item.table(),
                TableOutcome.FAILED,
                item.name(),
                OptionalLong.empty(),
                Optional.of(error),
                Optional.of(LogSafe.ofLines(message, MAX_MESSAGE)));
    }

    private Optional<RunReport> report(TableItem item) {
        return new RunFolder(state, new RunId(item.name())).report();
    }

    private static String message(ExecutionEnd end) {
        String cause = end.cause().orElse("");
        String message = parsed(cause).path("errorMessage").asText("");
        return message.isBlank() ? cause : message;
    }

    private static JsonNode parsed(String text) {
        try {
            return Json.documents().readTree(text);
        } catch (JsonProcessingException e) {
            return Json.documents().missingNode();
        }
    }
}
