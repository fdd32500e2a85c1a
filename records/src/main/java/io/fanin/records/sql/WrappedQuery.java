package io.fanin.records.sql;

import io.fanin.records.duckdb.DuckDbException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/**
 * A user's query inside a statement.
 *
 * @param before the query, with an opening bracket at its end
 */
public record WrappedQuery(String before, Query query, String after) {

    /** The statement. The query has lines of its own, so that a comment in its last line ends there. */
    public String sql() {
        return before + "\n" + query.text() + "\n" + after;
    }

    /** The offset in bytes at which the query begins in the statement. */
    private int begin() {
        return bytes(before) + 1;
    }

    /** The place of a failure in the user's text, with a colon; an empty string if it lies elsewhere. */
    public String where(DuckDbException e) {
        OptionalInt position = e.position();
        boolean inside = position.isPresent()
                && position.getAsInt() >= begin()
                && position.getAsInt() <= begin() + bytes(query.text());
        return inside ? TextPosition.of(query.text(), position.getAsInt() - begin()) + ": " : "";
    }

    /** The offset of a failure in {@link #before}, in bytes. */
    public OptionalInt positionBefore(DuckDbException e) {
        OptionalInt position = e.position();
        return position.isPresent() && position.getAsInt() < begin() ? position : OptionalInt.empty();
    }

    public static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
