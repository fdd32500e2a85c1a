package io.fanin.model.spec.rules;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.model.json.Label;
import io.fanin.model.spec.detection.IsoDuration;
import io.fanin.model.spec.detection.LocalMoment;
import io.fanin.model.spec.detection.NamedPartition;
import io.fanin.model.spec.processor.BadRecordLimit;
import io.fanin.model.table.KeyZone;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableName;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares a spec's JSON with the records that it is read into, and reports all unknown fields, missing fields and
 * values of the wrong kind; reading alone would stop at the first.
 */
record SpecShape(Problems problems) {

    /** Records that are written as one string. */
    private static final Set<Class<?>> TEXTS =
            Set.of(S3Location.class, TableName.class, LocalMoment.class, IsoDuration.class, KeyZone.class);

    static void check(JsonNode json, Class<? extends Record> type, Problems problems) {
        new SpecShape(problems).checkObject("$", type, json);
    }

    /** The kind of a JSON value, for messages. */
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
        if (type == NamedPartition.class) {
            expect(NamedPartition.isOne(json), path, NamedPartition.EXPECTED, json);
        } else if (type == JsonNode.class) {
            expect(json.isObject(), path, "an object", json);
            expect(isFinite(json), path, "an object with numbers that a double can hold", json);
        } else if (type == BadRecordLimit.class) {
            expect(BadRecordLimit.read(json).isPresent(), path, BadRecordLimit.EXPECTED, json);
        } else if (type instanceof Class<?> choice && choice.isAnnotationPresent(JsonSubTypes.class)) {
            checkChoice(path, choice, json);
        } else if (type instanceof ParameterizedType map && map.getRawType() == Map.class) {
            checkMap(path, map.getActualTypeArguments()[1], json);
        } else if (type instanceof ParameterizedType list) {
            checkArray(path, argument(list), json);
        } else if (type instanceof Class<?> raw && raw.isRecord() && !TEXTS.contains(raw)) {
            checkObject(path, raw, json);
        } else if (type instanceof Class<?> label && label.isEnum() && Label.class.isAssignableFrom(label)) {
            checkLabel(path, label, json);
        } else if (type == Boolean.class) {
            expect(json.isBoolean(), path, "true or false", json);
        } else if (type == Integer.class || type == int.class) {
            expect(json.isInt(), path, "a whole number" + bound(json), json);
        } else {
            expect(json.isTextual(), path, "a string", json);
        }
    }

    /** The bound beyond which a number lies; empty if it is within, or no whole number. */
    private static String bound(JsonNode json) {
        if (!json.isIntegralNumber() || json.isInt()) {
            return "";
        }
        return json.bigIntegerValue().signum() < 0
                ? " of at least " + Integer.MIN_VALUE
                : " of at most " + Integer.MAX_VALUE;
    }

    /** Reading alone would ignore blanks around a label. */
    private void checkLabel(String path, Class<?> type, JsonNode json) {
        List<String> labels = Arrays.stream(type.getEnumConstants())
                .map(constant -> ((Label) constant).label())
                .toList();
        if (json.isTextual()) {
            expect(labels.contains(json.textValue()), path, choices(labels), json);
        } else {
            expect(false, path, "a string", json);
        }
    }

    private static String choices(List<String> labels) {
        List<String> quoted = labels.stream().map(label -> "'" + label + "'").toList();
        return String.join(", ", quoted.subList(0, quoted.size() - 1)) + " or " + quoted.getLast();
    }

    /** Other numbers cannot be written as JSON again. */
    private static boolean isFinite(JsonNode json) {
        Deque<JsonNode> left = new ArrayDeque<>(List.of(json));
        while (!left.isEmpty()) {
            JsonNode node = left.pop();
            if (node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue())) {
                return false;
            }
            node.forEach(left::push);
        }
        return true;
    }

    private void checkArray(String path, Type element, JsonNode json) {
        expect(json.isArray(), path, "an array", json);
        for (int i = 0; json.isArray() && i < json.size() && !problems.areEnough(); i++) {
            check(path + "[" + i + "]", element, json.get(i));
        }
    }

    private void checkMap(String path, Type value, JsonNode json) {
        expect(json.isObject(), path, "an object", json);
        json.properties().forEach(entry -> check(path + "." + entry.getKey(), value, entry.getValue()));
    }

    /** An object with a field that selects its record type. */
    private void checkChoice(String path, Class<?> type, JsonNode json) {
        expect(json.isObject(), path, "an object", json);
        if (!json.isObject()) {
            return;
        }
        String field = type.getAnnotation(JsonTypeInfo.class).property();
        Class<?> otherwise = type.getAnnotation(JsonTypeInfo.class).defaultImpl();
        if (!json.has(field) && otherwise.isRecord()) {
            checkObject(path, otherwise, json);
            return;
        }
        JsonNode chosen = json.path(field);
        List<JsonSubTypes.Type> choices =
                List.of(type.getAnnotation(JsonSubTypes.class).value());
        if (chosen.isMissingNode() || chosen.isNull()) {
            problems.add(path + "." + field, "is missing");
            return;
        }
        Optional<JsonSubTypes.Type> choice = choices.stream()
                .filter(one -> one.name().equals(chosen.textValue()))
                .findFirst();
        expect(
                choice.isPresent(),
                path + "." + field,
                "one of: " + choices.stream().map(JsonSubTypes.Type::name).collect(Collectors.joining(", ")),
                chosen);
        choice.ifPresent(one -> checkObject(path, one.value(), without(json, field)));
    }

    private static JsonNode without(JsonNode json, String field) {
        ObjectNode copy = json.deepCopy();
        return copy.without(field);
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
                problems.add(
                        path + "." + name,
                        names.isEmpty()
                                ? "unknown field, expected none"
                                : "unknown field, expected one of: " + sorted(names));
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
            problems.add(path, "is missing");
        }
    }

    private void expect(boolean holds, String path, String expected, JsonNode json) {
        if (!holds) {
            problems.add(path, "expected " + expected + ", found " + found(json));
        }
    }

    private static Type argument(ParameterizedType type) {
        return type.getActualTypeArguments()[0];
    }

    private static String sorted(List<String> names) {
        return names.stream().sorted().collect(Collectors.joining(", "));
    }
}
