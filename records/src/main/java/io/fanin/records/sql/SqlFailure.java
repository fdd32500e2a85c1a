package io.fanin.records.sql;

import io.fanin.model.failure.FailureCode;
import io.fanin.model.text.LogSafe;
import io.fanin.records.duckdb.DuckDbException;
import io.fanin.records.scratch.ConversionException;

/** The errors for queries that cannot be executed. */
public final class SqlFailure {

    private static final int MESSAGE = 400;

    private SqlFailure() {}

    /** The error for a query that is invalid, or uses forbidden parts. */
    static ConversionException refused(String message) {
        return new ConversionException(FailureCode.SQL_ERROR, "the query cannot be carried out: " + message);
    }

    /** The error for a query that the database fails to execute, with the place in the user's text, if known. */
    static ConversionException of(String where, DuckDbException e) {
        return new ConversionException(
                FailureCode.SQL_ERROR,
                "the query cannot be carried out: " + where + LogSafe.ofLines(withoutName(e), MESSAGE),
                e);
    }

    /** The error for a result that does not fit the table. */
    public static ConversionException mismatch(String message) {
        return new ConversionException(
                FailureCode.SQL_RESULT_MISMATCH, "the query's result is not the table's: " + message);
    }

    /** The message as the database gives it. */
    public static String withoutName(DuckDbException e) {
        String message = String.valueOf(e.getMessage());
        return message.startsWith("DuckDB: ") ? message.substring("DuckDB: ".length()) : message;
    }
}
