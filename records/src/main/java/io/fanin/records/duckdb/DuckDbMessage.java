package io.fanin.records.duckdb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.model.json.Json;
import java.util.OptionalInt;

/**
 * A message of DuckDB.
 *
 * @param position in the statement to which it points, in UTF-8 bytes from 0; empty if it points to none
 */
record DuckDbMessage(String text, OptionalInt position) {

    private static final String JSON = "{\"exception_type\":";

    /** A message that points to no position. */
    DuckDbMessage(String text) {
        this(text, OptionalInt.empty());
    }

    /** Reads a message, which may be JSON. */
    static DuckDbMessage of(String message) {
        int json = message.indexOf(JSON);
        if (json < 0) {
            return new DuckDbMessage(message);
        }
        try {
            JsonNode error = Json.input().readTree(message.substring(json));
            String position = error.path("position").asText();
            return new DuckDbMessage(
                    error.path("exception_type").asText() + " Error: "
                            + error.path("exception_message").asText(),
                    position.matches("[0-9]{1,9}") ? OptionalInt.of(Integer.parseInt(position)) : OptionalInt.empty());
        } catch (JsonProcessingException e) {
            return new DuckDbMessage(message);
        }
    }

    /** Another message for the same position. */
    DuckDbMessage worded(String other) {
        return new DuckDbMessage(other, position);
    }
}
