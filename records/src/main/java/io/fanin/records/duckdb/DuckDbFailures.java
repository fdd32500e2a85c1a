package io.fanin.records.duckdb;

import io.fanin.records.duckdb.DuckDbException.Kind;
import io.fanin.records.samples.RowSamples;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Classifies DuckDB's failures by their messages, since the driver has no codes for them.
 *
 * @param samples whether messages may quote rows, as messages about values do
 * @param folder of the function's files, which messages do not quote
 */
record DuckDbFailures(RowSamples samples, Path folder) {

    /** The driver's prefix for statements that fail after their first rows. */
    private static final Pattern WRAPPING = Pattern.compile(
            "^Invalid Input Error: Attempting to execute an unsuccessful or closed pending query result\\s*"
                    + "Error: ");

    /** Kinds of failure that occur while a statement is prepared, before any row is read. */
    private static final Set<String> OF_STATEMENTS = Set.of("parser", "syntax", "binder", "catalog");

    /** Kinds of failure that come from the function's limits, or from operations on rows. */
    private static final Set<String> OF_EXECUTIONS = Set.of(
            "out of memory",
            "interrupt",
            "io",
            "invalid input",
            "conversion",
            "out of range",
            "constraint",
            "permission",
            "not implemented",
            "serialization",
            "internal",
            "mismatch type",
            "invalid type",
            "invalid configuration");

    private static final Pattern TYPE = Pattern.compile("^([A-Za-z ]{1,40}) Error: ");

    /** Prepares a failed statement again, without executing it. */
    @FunctionalInterface
    interface Preparation {
        void prepare() throws SQLException;
    }

    /** The failure of an operation that has read rows. */
    DuckDbException of(SQLException failure) {
        return of(failure, () -> {});
    }

    /**
     * The failure of a statement. If no row may be quoted, its message is that of preparing the statement again,
     * provided that fails, too: any message from reading rows may contain a value.
     */
    DuckDbException of(SQLException failure, Preparation preparation) {
        DuckDbMessage message = messageOf(failure);
        Kind kind = kind(message.text().toLowerCase(Locale.ROOT));
        return samples.areShown()
                ? new DuckDbException(kind, named(message), failure)
                : withoutValues(kind, message, preparation);
    }

    /** Reduces paths in a message to file names, since the folder means nothing to users. */
    private String withoutFolder(String message) {
        return message.replaceAll(Pattern.quote(folder.toString()) + "(/[^/\\s\"']+)*/", "");
    }

    private DuckDbException withoutValues(Kind kind, DuckDbMessage message, Preparation preparation) {
        String type = type(message.text());
        if (OF_STATEMENTS.contains(lower(type))) {
            try {
                preparation.prepare();
            } catch (SQLException e) {
                DuckDbMessage prepared = messageOf(e);
                if (OF_STATEMENTS.contains(lower(type(prepared.text())))) {
                    return new DuckDbException(kind, named(prepared), null);
                }
            }
        }
        boolean isKnown = OF_STATEMENTS.contains(lower(type)) || OF_EXECUTIONS.contains(lower(type));
        String shown = isKnown ? type + " Error: " : "Error: ";
        return new DuckDbException(kind, named(message.worded(shown + RowSamples.NOT_SHOWN)), null);
    }

    /** DuckDB's word for the kind of a failure; an empty string if the message has none. */
    private static String type(String message) {
        Matcher type = TYPE.matcher(message);
        return type.find() ? type.group(1) : "";
    }

    private static String lower(String type) {
        return type.toLowerCase(Locale.ROOT);
    }

    private static DuckDbMessage named(DuckDbMessage message) {
        return message.worded("DuckDB: " + message.text());
    }

    private DuckDbMessage messageOf(SQLException failure) {
        String message = failure.getMessage() == null ? "no message" : failure.getMessage();
        return DuckDbMessage.of(
                WRAPPING.matcher(withoutFolder(message)).replaceFirst("").strip());
    }

    private static Kind kind(String message) {
        if (message.startsWith("conversion error") || message.startsWith("out of range error")) {
            return Kind.OTHER; // What follows may be quoted from the data.
        }
        if (message.contains("no space left on device") || message.contains("max_temp_directory_size")) {
            return Kind.NO_SPACE;
        }
        if (message.startsWith("out of memory error") || message.contains("failed to allocate")) {
            return Kind.OUT_OF_MEMORY;
        }
        return message.startsWith("interrupt error") ? Kind.INTERRUPTED : Kind.OTHER;
    }
}
