package io.fanin.processor.duckdb;

import io.fanin.processor.duckdb.DuckDbException.Kind;
import java.sql.SQLException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Tells the kinds of DuckDB's failures apart; the driver has no codes for them, only the words of its messages. */
final class DuckDbFailures {

    /** What the driver puts before the message proper when a statement fails after its first rows. */
    private static final Pattern WRAPPING = Pattern.compile(
            "^Invalid Input Error: Attempting to execute an unsuccessful or closed pending query result\\s*"
                    + "Error: ");

    private DuckDbFailures() {}

    static DuckDbException of(SQLException failure) {
        String message = failure.getMessage() == null ? "no message" : failure.getMessage();
        String own = WRAPPING.matcher(message).replaceFirst("").strip();
        return new DuckDbException(kind(own.toLowerCase(Locale.ROOT)), "DuckDB: " + own, failure);
    }

    private static Kind kind(String message) {
        if (message.contains("no space left on device") || message.contains("max_temp_directory_size")) {
            return Kind.NO_SPACE;
        }
        if (message.startsWith("out of memory error") || message.contains("failed to allocate")) {
            return Kind.OUT_OF_MEMORY;
        }
        return message.startsWith("interrupt error") ? Kind.INTERRUPTED : Kind.OTHER;
    }
}
