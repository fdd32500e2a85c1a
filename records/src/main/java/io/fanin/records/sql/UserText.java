package io.fanin.records.sql;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A user's text in a statement that the database has parsed.
 *
 * @param before the text in the statement
 */
record UserText(String before, String text) {

    /**
     * The place of a part of the parsed statement in the user's text, with a colon; an empty string if it is not known.
     */
    String where(JsonNode part) {
        JsonNode offset = part.path("query_location");
        return offset.canConvertToInt()
                ? TextPosition.of(text, offset.asInt() - WrappedQuery.bytes(before)) + ": "
                : "";
    }
}
