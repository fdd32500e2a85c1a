package io.fanin.cli.init.values;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.model.json.Json;
import io.fanin.model.table.Column;
import io.fanin.model.type.HiveType;
import io.fanin.model.type.HiveType.Scalar;
import io.fanin.model.type.HiveTypeParser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The top-level fields of JSON records, by their names as written. */
final class JsonFields {

    /** DuckDB's names for fields that differ only in case. */
    private static final Pattern NUMBERED = Pattern.compile("(.+)_[0-9]+");

    private final Map<String, List<JsonNode>> fields = new LinkedHashMap<>();
    private final AlikeNames alike = new AlikeNames();

    private JsonFields() {}

    /** @param text a record on each line; other lines are skipped */
    static JsonFields of(String text) {
        JsonFields found = new JsonFields();
        text.lines().filter(line -> !line.isBlank()).forEach(found::add);
        return found;
    }

    private void add(String line) {
        JsonNode record;
        try {
            record = Json.documents().readTree(line);
        } catch (JsonProcessingException e) {
            return; // Such records are bad, and have no columns.
        }
        List<String> names = new ArrayList<>();
        record.fieldNames().forEachRemaining(names::add);
        names.forEach(name ->
                fields.computeIfAbsent(name, unseen -> new ArrayList<>()).add(record.get(name)));
        alike.add(names);
    }

    AlikeNames alike() {
        return alike;
    }

    /**
     * The given columns that are fields, with types that keep their values.
     *
     * @param notes receives the reasons for other types
     */
    List<Column> keptBy(List<Column> sniffed, List<String> notes) {
        return sniffed.stream()
                .flatMap(column -> field(column).stream())
                .map(column -> RawValues.typed(
                        column, keptBy(column.type(), fields.getOrDefault(column.name(), List.of())), notes))
                .toList();
    }

    /** The column under the name of its field; absent if several fields of a record denote the column. */
    private Optional<Column> field(Column sniffed) {
        Matcher numbered = NUMBERED.matcher(sniffed.name());
        if (fields.containsKey(sniffed.name()) || !numbered.matches() || !fields.containsKey(numbered.group(1))) {
            return Optional.of(sniffed);
        }
        return alike.has(numbered.group(1))
                ? Optional.empty()
                : Optional.of(new Column(numbered.group(1), sniffed.type()));
    }

    /** The texts of a column, without blanks around them. */
    List<String> texts(Column column) {
        return fields.getOrDefault(column.name(), List.of()).stream()
                .filter(JsonNode::isTextual)
                .map(value -> value.textValue().strip())
                .toList();
    }

    /** The single values of a column as texts, without blanks around them. */
    List<String> scalars(Column column) {
        return fields.getOrDefault(column.name(), List.of()).stream()
                .filter(value -> value.isValueNode() && !value.isNull())
                .map(value -> value.asText().strip())
                .toList();
    }

    private static String keptBy(String type, List<JsonNode> values) {
        try {
            return keptBy(HiveTypeParser.parse(type), values).hive();
        } catch (IllegalArgumentException e) {
            return type; // The spec's own check says what is wrong with it.
        }
    }

    private static HiveType keptBy(HiveType type, List<JsonNode> values) {
        return switch (type) {
            case Scalar scalar when scalar == Scalar.DOUBLE || scalar == Scalar.STRING -> numberOr(scalar, values);
            case HiveType.ListOf list -> new HiveType.ListOf(keptBy(list.element(), parts(values)));
            case HiveType.MapOf map -> new HiveType.MapOf(map.key(), keptBy(map.value(), parts(values)));
            case HiveType.Struct struct ->
                new HiveType.Struct(struct.fields().stream()
                        .map(field -> new HiveType.Field(
                                field.name(),
                                keptBy(
                                        field.type(),
                                        values.stream()
                                                .filter(value -> value.has(field.name()))
                                                .map(value -> value.get(field.name()))
                                                .toList())))
                        .toList());
            default -> type;
        };
    }

    private static List<JsonNode> parts(List<JsonNode> values) {
        List<JsonNode> parts = new ArrayList<>();
        values.forEach(value -> value.forEach(parts::add));
        return parts;
    }

    private static HiveType numberOr(Scalar sniffed, List<JsonNode> values) {
        WholeNumbers numbers = new WholeNumbers();
        for (JsonNode value : values) {
            if (value.isIntegralNumber()) {
                numbers.add(value.bigIntegerValue());
            } else if (!value.isNull()) {
                numbers.addOther();
            }
        }
        // DuckDB infers HUGEINT from negative and positive numbers together; Hive does not have that type.
        return numbers.type().orElse(numbers.areAll() ? Scalar.BIGINT : sniffed);
    }
}
