package io.fanin.records.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.json.Json;
import io.fanin.model.text.LogSafe;
import io.fanin.records.duckdb.DuckDb;
import io.fanin.records.duckdb.DuckDbRow;
import io.fanin.records.duckdb.Sql;
import io.fanin.records.scratch.ConversionException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * One SELECT statement of a user, parsed by the database and checked for what a query may use.
 *
 * @param text without a trailing semicolon, so that it can be put into parentheses
 * @param tables that it names
 */
public record Query(String text, Set<TableReference> tables) {

    /** Reads a text; {@code SqlError} when it is not one SELECT statement, or uses what queries may not. */
    public static Query parse(DuckDb database, String text, Duration limit) {
        JsonNode answer = parsedOrRefused(database, text, limit);
        if (answer.path("error").asBoolean()) {
            throw SqlFailure.refused(message(text, answer));
        }
        JsonNode statements = answer.path("statements");
        if (statements.size() != 1) {
            throw SqlFailure.refused("expected one SELECT statement, found "
                    + (statements.isEmpty() ? "none" : String.valueOf(statements.size())));
        }
        return new Query(
                withoutEnd(database, text, answer, limit),
                QueryTables.of(statements.get(0), new UserText("", text), SqlFailure::refused));
    }

    /** The database's tree of a statement. */
    static JsonNode parsed(DuckDb database, String text, Duration limit) throws JsonProcessingException {
        Optional<String> json = database.query(
                        "SELECT json_serialize_sql(" + Sql.literal(text) + ")", limit, (DuckDbRow row) -> row.text(1))
                .getFirst();
        return Json.documents().readTree(json.orElse("{}"));
    }

    private static JsonNode parsedOrRefused(DuckDb database, String text, Duration limit) {
        try {
            return parsed(database, text, limit);
        } catch (JsonProcessingException e) {
            throw new ConversionException(
                    FailureCode.SQL_ERROR,
                    "the query cannot be carried out: it cannot be looked into ("
                            + LogSafe.beginning(e.getOriginalMessage(), 200) + ")",
                    e);
        }
    }

    private static String message(String text, JsonNode error) {
        String message = LogSafe.ofLines(error.path("error_message").asText(), 400);
        if (error.path("error_type").asText().equals("not implemented")) {
            return "expected one SELECT statement, with WITH before it or without: no other is carried out";
        }
        String position = error.path("position").asText();
        return position.matches("[0-9]{1,9}")
                ? TextPosition.of(text, Integer.parseInt(position)) + ": " + message
                : message;
    }

    /**
     * The text without its semicolon. Only the parser knows which semicolon ends the statement rather than being in a
     * string or a comment: the statement parses the same without it.
     */
    private static String withoutEnd(DuckDb database, String text, JsonNode whole, Duration limit) {
        for (int at = text.indexOf(';'); at >= 0; at = text.indexOf(';', at + 1)) {
            String beginning = text.substring(0, at);
            if (parsedOrRefused(database, beginning, limit).equals(whole)) {
                return beginning;
            }
        }
        return text;
    }
}
