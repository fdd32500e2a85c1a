package io.fanin.records.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.text.LogSafe;
import io.fanin.records.duckdb.DuckDb;
import io.fanin.records.scratch.ConversionException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * A condition over one row. It must not read anything else, although the database may have a query's tables, and files.
 *
 * @param text a condition in SQL, of a user
 */
public record Condition(String text) {

    private static final String BEFORE = "SELECT 1 WHERE NOT (";
    private static final String AFTER = "\n)";

    /** Brackets of another kind: no text can close those and these early. */
    private static final String LIST_BEFORE = "SELECT [";

    private static final String LIST_AFTER = "\n]";
    private static final String SELECT = "SELECT_NODE";
    private static final int NAME = 100;
    private static final int MESSAGE = 300;

    /** The reason for refusing the condition, for people; absent if it reads only its row. */
    public Optional<String> objection(DuckDb database, Duration limit) {
        try {
            JsonNode answer = Query.parsed(database, BEFORE + text + AFTER, limit);
            if (answer.path("error").asBoolean()) {
                return refusal(answer);
            }
            JsonNode statements = answer.path("statements");
            if (statements.size() != 1) {
                return Optional.of("expected one condition, found " + statements.size() + " statements");
            }
            // A text that closes the bracket early can continue with another query.
            if (!statements.get(0).path("node").path("type").asText().equals(SELECT)) {
                return Optional.of("expected one condition, found several queries");
            }
            if (Query.parsed(database, LIST_BEFORE + text + LIST_AFTER, limit)
                    .path("error")
                    .asBoolean()) {
                return Optional.of(
                        "expected one condition, found one that closes a bracket that it has not opened, or a query without brackets");
            }
            return named(statements.get(0));
        } catch (JsonProcessingException e) {
            return Optional.of("it cannot be looked into: " + LogSafe.beginning(e.getOriginalMessage(), NAME));
        }
    }

    /** DuckDB parses only SELECT, and calls anything else not implemented. */
    private static Optional<String> refusal(JsonNode error) {
        return switch (error.path("error_type").asText()) {
            case "not implemented" -> Optional.of("expected a condition, found another statement");
            default -> Optional.of(LogSafe.ofLines(error.path("error_message").asText(), MESSAGE));
        };
    }

    private Optional<String> named(JsonNode statement) {
        try {
            Set<TableReference> tables = QueryTables.of(
                    statement, new UserText(BEFORE, text), why -> new ConversionException(FailureCode.SQL_ERROR, why));
            return tables.stream()
                    .findFirst()
                    .map(table -> "it names the table '%s', and a condition sees its row alone"
                            .formatted(LogSafe.beginning(table.toString(), NAME)));
        } catch (ConversionException e) {
            return Optional.of(e.getMessage());
        }
    }
}
