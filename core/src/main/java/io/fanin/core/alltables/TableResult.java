package io.fanin.core.alltables;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.model.table.TableName;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The outcome of one table.
 *
 * @param execution the name of the table's execution
 * @param outstanding how many partitions are outstanding, where the table is partial and the number is known
 * @param error of a table that is partial or has failed
 * @param message the error's message, or what somebody should know of a table that is fine, shortened
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record TableResult(
        TableName table,
        TableOutcome outcome,
        String execution,
        OptionalLong outstanding,
        Optional<String> error,
        Optional<String> message) {

    /** A result without an error, a message or a count. */
    public static TableResult of(TableItem item, TableOutcome outcome) {
        return new TableResult(
                item.table(), outcome, item.name(), OptionalLong.empty(), Optional.empty(), Optional.empty());
    }
}
