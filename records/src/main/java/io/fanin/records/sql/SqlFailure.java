package io.fanin.records.sql;

import io.fanin.core.text.OneLine;
import io.fanin.records.duckdb.DuckDbException;
import io.fanin.records.scratch.ConversionException;

/** What is said of a query that cannot be carried out. */
public final class SqlFailure {

    private static final int MESSAGE = 400;

    private SqlFailure() {}

    /** A query that is none, or asks for what no query gets. */
    public static ConversionException refused(String message) {
        return new ConversionException("SqlError", "the query cannot be carried out: " + message);
    }

    /**
     * A query that the database does not carry out.
     *
     * @param where in the user's text, and a colon; or nothing
     */
    static ConversionException of(String where, DuckDbException e) {
        return new ConversionException(
                "SqlError", "the query cannot be carried out: " + where + OneLine.ofLines(withoutName(e), MESSAGE), e);
    }

    /** What the result has, and the table cannot. */
    public static ConversionException mismatch(String message) {
        return new ConversionException("SqlResultMismatch", "the query's result is not the table's: " + message);
    }

    /** The message as the database gives it. */
    public static String withoutName(DuckDbException e) {
        String message = String.valueOf(e.getMessage());
        return message.startsWith("DuckDB: ") ? message.substring("DuckDB: ".length()) : message;
    }
}
