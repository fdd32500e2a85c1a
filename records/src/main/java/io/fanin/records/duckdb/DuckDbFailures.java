package io.fanin.records.duckdb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.core.json.Json;
import io.fanin.records.duckdb.DuckDbException.Kind;
import io.fanin.records.samples.RowSamples;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Classifies DuckDB's failures by their messages, since the driver has no codes for them.
 *
 * @param samples whether messages may quote rows, as those do that are about values
 * @param folder of the function's files, which messages do not quote
 */
record DuckDbFailures(RowSamples samples, Path folder) {

    /** The driver's prefix for statements that fail after their first rows. */
    private static final Pattern WRAPPING = Pattern.compile(
            "^Invalid Input Error: Attempting to execute an unsuccessful or closed pending query result\\s*"
                    + "Error: ");

    private static final String JSON = "{\"exception_type\":";

    /** Failures before any row is read, or of the function's limits: their messages contain no values. */
    private static final Set<String> WITHOUT_VALUES =
            Set.of("parser", "syntax", "binder", "catalog", "out of memory", "interrupt", "io");

    private static final Pattern TYPE = Pattern.compile("^([A-Za-z ]{1,40}) Error: ");

    /** A message and the position in the statement that it points to. */
    private record Told(String message, OptionalInt position) {}

    DuckDbException of(SQLException failure) {
        String message = failure.getMessage() == null ? "no message" : failure.getMessage();
        Told told =
                told(WRAPPING.matcher(withoutFolder(message)).replaceFirst("").strip());
        Kind kind = kind(told.message().toLowerCase(Locale.ROOT));
        return samples.areShown()
                ? new DuckDbException(kind, "DuckDB: " + told.message(), told.position(), failure)
                : new DuckDbException(kind, "DuckDB: " + withoutValues(told.message()), told.position(), null);
    }

    /** The folder is a means: what is left of a path is the file's name. */
    private String withoutFolder(String message) {
        return message.replaceAll(Pattern.quote(folder.toString()) + "(/[^/\\s\"']+)*/", "");
    }

    private static String withoutValues(String message) {
        Matcher type = TYPE.matcher(message);
        if (!type.find()) {
            return "Error: " + RowSamples.NOT_SHOWN;
        }
        return WITHOUT_VALUES.contains(type.group(1).toLowerCase(Locale.ROOT))
                ? message
                : type.group() + RowSamples.NOT_SHOWN;
    }

    private static Told told(String message) {
        int json = message.indexOf(JSON);
        if (json < 0) {
            return new Told(message, OptionalInt.empty());
        }
        try {
            JsonNode error = Json.input().readTree(message.substring(json));
            String position = error.path("position").asText();
            return new Told(
                    error.path("exception_type").asText() + " Error: "
                            + error.path("exception_message").asText(),
                    position.matches("[0-9]{1,9}") ? OptionalInt.of(Integer.parseInt(position)) : OptionalInt.empty());
        } catch (JsonProcessingException e) {
            return new Told(message, OptionalInt.empty());
        }
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
