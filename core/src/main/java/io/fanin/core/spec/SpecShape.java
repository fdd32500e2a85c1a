package io.fanin.core.spec;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.core.spec.SpecException.Problem;
import io.fanin.core.table.S3Location;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Compares a spec's JSON with the records that it is read into: fields that they do not have, fields that they cannot do
 * without, values of another kind. Tells all of them, where reading would stop at the first.
 */
final class SpecShape {

    private final List<Problem> problems = new ArrayList<>();

    private SpecShape() {}

    static List<Problem> problems(JsonNode json) {
        SpecShape shape = new SpecShape();
        shape.checkObject("$", TableSpec.class, json);
        return shape.problems;
    }

    /** What was found, for messages. */
    static String found(JsonNode json) {
        return switch (json.getNodeType()) {
            case ARRAY -> "an array";
            case OBJECT, POJO -> "an object";
            case STRING -> "'" + json.textValue() + "'";
            case MISSING -> "nothing";
            case NULL, BOOLEAN, NUMBER, BINARY -> json.toString();
        };
    }

    private void check(String path, Type type, JsonNode json) {
        if (type instanceof ParameterizedType list) {
            checkArray(path, argument(list), json);
        } else if (type instanceof Class<?> raw && raw.isRecord() && raw != S3Location.class) {
            checkObject(path, raw, json);
        } else if (type == Boolean.class) {
            expect(json.isBoolean(), path, "true or false", json);
        } else {
            expect(json.isTextual(), path, "a string", json);
        }
    }

    private void checkArray(String path, Type element, JsonNode json) {
        expect(json.isArray(), path, "an array", json);
        for (int i = 0; json.isArray() && i < json.size(); i++) {
            check(path + "[" + i + "]", element, json.get(i));
        }
    }

    private void checkObject(String path, Class<?> type, JsonNode json) {
        expect(json.isObject(), path, "an object", json);
        if (!json.isObject()) {
            return;
        }
        List<RecordComponent> fields = List.of(type.getRecordComponents());
        List<String> names = fields.stream().map(RecordComponent::getName).toList();
        json.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                report(path + "." + name, "unknown field, expected one of: " + sorted(names));
            }
        });
        fields.forEach(field -> checkField(path + "." + field.getName(), field, json.path(field.getName())));
    }

    private void checkField(String path, RecordComponent field, JsonNode json) {
        boolean optional = field.getType() == Optional.class;
        if (!json.isMissingNode() && !json.isNull()) {
            Type type = field.getGenericType();
            check(path, optional ? argument((ParameterizedType) type) : type, json);
        } else if (!optional) {
            report(path, "is missing");
        }
    }

    private void expect(boolean holds, String path, String expected, JsonNode json) {
        if (!holds) {
            report(path, "expected " + expected + ", found " + found(json));
        }
    }

    private void report(String path, String message) {
        problems.add(new Problem(path, message));
    }

    private static Type argument(ParameterizedType type) {
        return type.getActualTypeArguments()[0];
    }

    private static String sorted(List<String> names) {
        return names.stream().sorted().collect(Collectors.joining(", "));
    }
}
