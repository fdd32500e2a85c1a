package io.fanin.records.raw;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.fanin.model.spec.processor.UnknownColumns;
import io.fanin.model.type.HiveType;
import io.fanin.model.type.HiveType.Scalar;
import io.fanin.model.type.HiveType.Single;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a record of JSON by the rules for its types, with Jackson's parser: written for reading, not for speed. */
final class PlainJson {

    private static final JsonFactory JSON = new JsonFactory();

    private final Columns columns;
    private final PlainScalars scalars;
    private final UnknownColumns unknown;

    PlainJson(Columns columns, ZoneId zone, UnknownColumns unknown) {
        this.columns = columns;
        this.scalars = new PlainScalars(zone);
        this.unknown = unknown;
    }

    /** The record as {@link Sink} has it; empty if it is bad. */
    Optional<String> record(byte[] json) {
        try (JsonParser in = JSON.createParser(json)) {
            String[] values = new String[columns.size()];
            Set<Integer> seen = new HashSet<>();
            require(in.nextToken() == JsonToken.START_OBJECT);
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                int column = columns.names().find(in.currentName());
                in.nextToken();
                if (column < 0) {
                    require(unknown == UnknownColumns.IGNORE);
                    in.skipChildren();
                    continue;
                }
                require(seen.add(column));
                HiveType type = columns.type(column);
                Object value = value(type, in, json);
                if (value != null) {
                    values[column] = type instanceof Single ? PlainScalars.shown(value) : json(value);
                }
            }
            require(in.nextToken() == null);
            List<String> set = new ArrayList<>();
            for (int i = 0; i < values.length; i++) {
                if (values[i] != null) {
                    set.add("\"" + i + "\":" + values[i]);
                }
            }
            return Optional.of("{" + String.join(",", set) + "}");
        } catch (IOException | IllegalArgumentException | ArithmeticException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** A value alone, as JSON that DuckDB casts to the type; empty if it is bad. */
    Optional<String> json(HiveType type, byte[] json) {
        try (JsonParser in = JSON.createParser(json)) {
            in.nextToken();
            String written = json(value(type, in, json));
            require(in.nextToken() == null);
            return Optional.of(written);
        } catch (IOException | IllegalArgumentException | ArithmeticException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private Object value(HiveType type, JsonParser in, byte[] json) throws IOException {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        return switch (type) {
            case Single single -> single(single, in, json);
            case HiveType.ListOf list -> {
                require(in.currentToken() == JsonToken.START_ARRAY);
                List<Object> values = new ArrayList<>();
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    values.add(value(list.element(), in, json));
                }
                yield values;
            }
            case HiveType.MapOf map -> {
                require(in.currentToken() == JsonToken.START_OBJECT);
                Map<Object, Object> values = new LinkedHashMap<>();
                while (in.nextToken() != JsonToken.END_OBJECT) {
                    Object key = scalars.read(map.key(), in.currentName());
                    in.nextToken();
                    require(!values.containsKey(key));
                    values.put(key, value(map.value(), in, json));
                }
                yield values;
            }
            case HiveType.Struct struct -> {
                require(in.currentToken() == JsonToken.START_OBJECT);
                Map<Object, Object> values = new LinkedHashMap<>();
                Set<Integer> seen = new HashSet<>();
                struct.fields().forEach(field -> values.put(field.name(), null));
                while (in.nextToken() != JsonToken.END_OBJECT) {
                    int index = struct.names().find(in.currentName());
                    in.nextToken();
                    if (index < 0) {
                        in.skipChildren();
                        continue;
                    }
                    require(seen.add(index));
                    HiveType.Field field = struct.fields().get(index);
                    values.put(field.name(), value(field.type(), in, json));
                }
                yield values;
            }
        };
    }

    private Object single(Single type, JsonParser in, byte[] json) throws IOException {
        switch (in.currentToken()) {
            case VALUE_STRING -> {
                return scalars.read(type, in.getText());
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                require(type != Scalar.BOOLEAN && type != Scalar.DATE && type != Scalar.TIMESTAMP);
            case VALUE_TRUE, VALUE_FALSE -> require(type == Scalar.BOOLEAN || type.isText());
            default -> require(type.isText());
        }
        int from = (int) in.currentTokenLocation().getByteOffset();
        boolean number = in.currentToken().isNumeric();
        String text = in.getText();
        in.skipChildren();
        int to = number ? from + text.length() : (int) in.currentLocation().getByteOffset();
        return scalars.read(type, new String(json, from, to - from, StandardCharsets.UTF_8));
    }

    private static String json(Object value) {
        return switch (value) {
            case null -> "null";
            case List<?> list -> list.stream().map(PlainJson::json).collect(Collectors.joining(",", "[", "]"));
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> quoted(String.valueOf(entry.getKey())) + ":" + json(entry.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
            case Float number when Float.isFinite(number) -> Double.toString(number);
            case Double number when Double.isFinite(number) -> number.toString();
            case Boolean truth -> truth.toString();
            case BigInteger number -> number.toString();
            case BigDecimal number -> quoted(number.toPlainString());
            case LocalDateTime time -> quoted(PlainScalars.text(time));
            case LocalDate date -> quoted(date.toString());
            default -> quoted(value.toString());
        };
    }

    static String quoted(String text) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }

    static void require(boolean met) {
        if (!met) {
            throw new IllegalArgumentException();
        }
    }
}
