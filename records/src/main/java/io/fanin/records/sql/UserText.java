package io.fanin.records.sql;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A user's text in a statement that the database has parsed.
 *
 * @param before the text in the statement
 */
record UserText(String before, String text) {

    /** Where in the user's text a part of the parsed statement stands, and a colon; nothing where that is not known. */
    String where(JsonNode part) {
        JsonNode offset = part.path("query_location");
        return offset.canConvertToInt()
                ? TextPosition.of(text, offset.asInt() - WrappedQuery.bytes(before)) + ": "
                : "";
    }
}
