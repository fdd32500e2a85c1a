package io.fanin.core.log;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.model.json.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Map;

/**
 * A log entry.
 *
 * @param thrown null if there is none
 * @param context of the invocation: its request id, its run, its table
 */
record LogLine(
        Instant timestamp, String level, String logger, String message, Throwable thrown, Map<String, String> context) {

    /** The entry as one line of JSON, with the field names of Lambda's own format. */
    String json() {
        ObjectNode line = Json.documents()
                .createObjectNode()
                .put("timestamp", timestamp.toString())
                .put("level", level)
                .put("logger", logger)
                .put("message", message);
        context.forEach(line::put);
        if (thrown != null) {
            line.put("errorType", WithheldMessage.typeOf(thrown))
                    .put("errorMessage", thrown.getMessage())
                    .put("stackTrace", stackTrace());
        }
        return line.toString();
    }

    String text() {
        String line = "[" + level + "] " + logger + " - " + message;
        return thrown == null
                ? line
                : line + System.lineSeparator() + stackTrace().stripTrailing();
    }

    private String stackTrace() {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }
}
