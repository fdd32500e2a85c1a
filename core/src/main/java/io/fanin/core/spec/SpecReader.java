package io.fanin.core.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.json.Json;
import io.fanin.core.spec.SpecException.Problem;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads a table spec strictly: what is not understood is refused with its JSON path and what was expected. */
public final class SpecReader {

    /**
     * The spec that the JSON says.
     *
     * @throws SpecException when it is none
     */
    public TableSpec read(JsonNode json) {
        if (!(json instanceof ObjectNode)) {
            throw SpecException.at(
                    "$",
                    "expected a JSON object such as {\"database\": \"analytics\", \"table\": \"flights\"}, found "
                            + kind(json));
        }
        TableSpec spec = bind(json);
        check(spec);
        return spec;
    }

    /**
     * Checks what the types alone do not say: names, layouts, columns against keys.
     *
     * @throws SpecException that tells all problems at once
     */
    public static void check(TableSpec spec) {
        List<Problem> problems = SpecRules.problems(spec);
        if (!problems.isEmpty()) {
            throw SpecException.of(problems);
        }
    }

    private static TableSpec bind(JsonNode json) {
        try {
            return Json.input().treeToValue(json, TableSpec.class);
        } catch (JsonMappingException e) {
            throw new SpecException(
                    SpecException.at(jsonPath(e), expectation(e)).getMessage(), e);
        } catch (JsonProcessingException e) {
            throw new SpecException("The table spec cannot be read: " + e.getOriginalMessage(), e);
        }
    }

    private static String expectation(JsonMappingException e) {
        return switch (e) {
            case UnrecognizedPropertyException unknown ->
                "unknown field, expected one of: " + names(unknown.getKnownPropertyIds());
            case ValueInstantiationException refused ->
                Optional.ofNullable(refused.getCause())
                        .map(Throwable::getMessage)
                        .orElse(refused.getOriginalMessage());
            case InvalidFormatException format ->
                "expected " + kind(format.getTargetType()) + ", found " + shown(format);
            case MismatchedInputException mismatch
            when mismatch.getOriginalMessage().startsWith("Missing required") -> "is missing";
            case MismatchedInputException mismatch ->
                "expected " + kind(mismatch.getTargetType()) + ", found another type";
            default -> e.getOriginalMessage();
        };
    }

    private static String shown(InvalidFormatException e) {
        return e.getValue() instanceof String text ? "'" + text + "'" : String.valueOf(e.getValue());
    }

    private static String jsonPath(JsonMappingException e) {
        StringBuilder path = new StringBuilder("$");
        for (JsonMappingException.Reference step : e.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append('.').append(step.getFieldName());
            }
        }
        return path.toString();
    }

    private static String names(Collection<Object> ids) {
        return ids == null ? "none" : ids.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
    }

    private static String kind(Class<?> type) {
        if (type == null) {
            return "another type";
        }
        if (CharSequence.class.isAssignableFrom(type) || type.isEnum()) {
            return "a string";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        return Collection.class.isAssignableFrom(type) ? "an array" : "an object";
    }

    private static String kind(JsonNode json) {
        return json == null ? "nothing" : json.getNodeType().toString().toLowerCase(Locale.ROOT);
    }
}
