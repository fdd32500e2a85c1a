package io.fanin.processor.parquet;

import io.fanin.model.table.Column;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.text.LogSafe;
import io.fanin.model.type.HiveTypeParser;
import io.fanin.records.duckdb.DuckDb;
import io.fanin.records.duckdb.DuckDbException;
import io.fanin.records.duckdb.DuckDbRow;
import io.fanin.records.duckdb.Sql;
import io.fanin.records.duckdb.SqlTypes;
import io.fanin.records.scratch.ConversionException;
import io.fanin.records.scratch.Deadline;
import io.fanin.records.sql.Condition;
import io.fanin.records.tables.KeyValue;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Checks conditions against the columns of a table before there are any rows.
 *
 * @param rows a relation with the columns that conditions see, and no rows; absent if only the files know the columns
 */
public record ConditionCheck(DuckDb database, Deadline deadline, Optional<String> rows) {

    private static final int MESSAGE = 300;

    /**
     * A check for rows with a table's columns and keys; columns of some types are known only to readers of the files.
     */
    public static ConditionCheck ofTable(DuckDb database, Deadline deadline, TableDefinition table) {
        try {
            String keys =
                    KeyValue.joined(table.keys().stream().map(KeyValue::none).toList());
            return new ConditionCheck(
                    database,
                    deadline,
                    Optional.of(table.columns().stream()
                            .map(ConditionCheck::nothing)
                            .collect(Collectors.joining(", ", "(SELECT ", ") AS data" + keys))));
        } catch (IllegalArgumentException e) {
            return ofAnyColumns(database, deadline);
        }
    }

    private static String nothing(Column column) {
        return "CAST(NULL AS %s) AS %s"
                .formatted(SqlTypes.of(HiveTypeParser.parse(column.type())), Sql.identifier(column.name()));
    }

    /**
     * A check for rows whose columns are known only from the files: the condition must be SQL and read nothing but its
     * row.
     */
    public static ConditionCheck ofAnyColumns(DuckDb database, Deadline deadline) {
        return new ConditionCheck(database, deadline, Optional.empty());
    }

    /** The reason why a condition cannot be evaluated for any row, for people. */
    public Optional<String> problem(String text) {
        return new Condition(text)
                .objection(database, deadline.left())
                .or(() -> rows.flatMap(from -> unbound(text, from)));
    }

    /** The database's error when the condition is bound; no row is read. */
    private Optional<String> unbound(String text, String from) {
        try {
            database.query(
                    "SELECT column_name FROM (DESCRIBE SELECT 1 FROM %s WHERE NOT (%s\n))".formatted(from, text),
                    deadline.left(),
                    (DuckDbRow row) -> row);
            return Optional.empty();
        } catch (DuckDbException e) {
            return switch (e.kind()) {
                case NO_SPACE, INTERRUPTED -> throw e;
                case OUT_OF_MEMORY ->
                    Optional.of(ConversionException.outOfMemory("it", e).getMessage());
                case OTHER -> Optional.of(LogSafe.ofLines(e.getMessage(), MESSAGE));
            };
        }
    }
}
