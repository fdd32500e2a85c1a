package io.fanin.core.alltables;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.model.run.Failure;
import io.fanin.model.run.detection.DetectionSummary;
import io.fanin.model.run.detection.UnfitNames;
import io.fanin.model.table.TableName;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The outcome of one table in the report of a run of all tables.
 *
 * @param execution the name of the table's execution; absent if the run has found the table up to date and started none
 * @param outstanding the number of outstanding partitions; absent if there are none, or the number is not known
 * @param error the error's name; absent if the outcome is not an error
 * @param message the error's message, or a remark on an outcome without error, shortened
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record TableResult(
        TableName table,
        TableOutcome outcome,
        Optional<String> execution,
        OptionalLong outstanding,
        Optional<String> error,
        Optional<String> message) {

    /** A result without an error, a message or a count. */
    public static TableResult of(TableItem item, TableOutcome outcome) {
        return new TableResult(
                item.table(),
                outcome,
                Optional.of(item.name()),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The result of a table that was found up to date without an execution. */
    public static TableResult of(UpToDateTable table) {
        TableResult result = new TableResult(
                table.table(),
                TableOutcome.NOTHING_NEW,
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                table.unfit().map(TableResult::remark));
        return table.withoutPartitions() ? result.withoutPartitions() : result;
    }

    /** The same result with a remark on names that do not fit, if there are any. */
    public TableResult remarking(DetectionSummary found) {
        return new TableResult(
                table, outcome, execution, outstanding, error, found.unfit().map(TableResult::remark));
    }

    /** The same result of a table of which no run has ever found a partition: its location may be a wrong one. */
    public TableResult withoutPartitions() {
        String message = Failure.shortMessage(DetectionSummary.NOTHING_FOUND);
        return new TableResult(table, outcome, execution, outstanding, error, Optional.of(message));
    }

    /** The same result with an error. */
    public TableResult failedWith(String word, String text) {
        return new TableResult(
                table, outcome, execution, outstanding, Optional.of(word), Optional.of(Failure.shortMessage(text)));
    }

    /** The same result of a table whose execution has failed for another reason than partitions. */
    public TableResult failed() {
        return new TableResult(table, TableOutcome.FAILED, execution, outstanding, error, message);
    }

    /** The same result of a table with so many outstanding partitions. */
    public TableResult withOutstanding(long partitions) {
        return new TableResult(table, outcome, execution, OptionalLong.of(partitions), error, message);
    }

    private static String remark(UnfitNames unfit) {
        return Failure.shortMessage(unfit.textWithAdvice());
    }
}
