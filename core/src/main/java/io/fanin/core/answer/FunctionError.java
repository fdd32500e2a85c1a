package io.fanin.core.answer;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fanin.model.json.Json;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Lambda's answer for a failed function, which becomes the cause of the execution's failure.
 *
 * @param errorMessage the exception's message
 * @param errorType its class
 */
public record FunctionError(String errorMessage, String errorType) {

    private static final FunctionError NONE = new FunctionError("", "");

    public FunctionError {
        errorMessage = errorMessage == null ? "" : errorMessage;
        errorType = errorType == null ? "" : errorType;
    }

    /** Reads the cause of an execution's failure; the fields are empty if no function has failed. */
    static FunctionError of(String cause) {
        try {
            return Optional.ofNullable(Json.documents().readValue(cause, FunctionError.class))
                    .orElse(NONE);
        } catch (JsonProcessingException e) {
            return NONE;
        }
    }

    /** The function's message if a function failed, otherwise the cause as it is. */
    public static String message(String cause) {
        String message = of(cause).errorMessage;
        return message.isBlank() ? cause : message;
    }

    /** The function's message, or its type if the message is empty; empty if no function has failed. */
    public static Optional<String> text(String cause) {
        FunctionError failed = of(cause);
        return Stream.of(failed.errorMessage, failed.errorType)
                .filter(text -> !text.isEmpty())
                .findFirst();
    }
}
