package io.fanin.model.spec.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.fanin.model.json.Json;
import io.fanin.model.spec.SpecException;
import io.fanin.model.spec.TableSpec;
import io.fanin.model.spec.detection.DetectionSpec;
import io.fanin.model.spec.processor.ProcessorSpec;
import io.fanin.model.table.DataFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The published schema, with which editors complete and check a spec, accepts the same specs as the code. */
class TableSpecSchemaTest {

    private static final JsonNode SCHEMA = read(Path.of("..", "docs", "schemas", "table-spec-1.schema.json"));
    private static final SchemaExamples EXAMPLES = new SchemaExamples(SCHEMA);
    private static final Schema CHECK = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SCHEMA);
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<JsonNode> KINDS = List.of(
            JSON.numberNode(5),
            JSON.numberNode(1.5),
            JSON.booleanNode(true),
            JSON.textNode("text"),
            JSON.arrayNode(),
            JSON.objectNode());

    static final List<String> PROCESSORS = names(ProcessorSpec.class);
    static final List<String> DETECTIONS = names(DetectionSpec.class);

    @ParameterizedTest
    @ValueSource(strings = {"flights", "flights_parquet", "flights_delays", "carrier_delays", "weather", "orders"})
    void samplesAreValid(String sample) {
        assertThat(CHECK.validate(read(Path.of("..", "samples", sample + ".json"))))
                .isEmpty();
    }

    @Test
    void schemaNamesTheFieldsThatTheCodeReads() {
        compare("$", TableSpec.class, SCHEMA, Set.of("$schema"));
        compare(ProcessorSpec.class, "processor", Set.of("type"));
        compare(DetectionSpec.class, "detection", Set.of("mode"));
    }

    @ParameterizedTest
    @FieldSource("PROCESSORS")
    void processorsFieldsOfAnotherKindAreRefusedByBoth(String type) {
        agree(EXAMPLES.spec(Map.of("processor", type)));
    }

    @ParameterizedTest
    @FieldSource("DETECTIONS")
    void detectionsFieldsOfAnotherKindAreRefusedByBoth(String mode) {
        agree(EXAMPLES.spec(Map.of("detection", mode)));
    }

    @Test
    void specMayNameItsSchema() {
        ObjectNode spec = JSON.objectNode().put("database", "analytics").put("table", "flights");
        ObjectNode named = spec.deepCopy().put("$schema", "https://example.org/table-spec-1.schema.json");

        assertThat(new SpecReader().read(named)).isEqualTo(new SpecReader().read(spec));
        assertThat(CHECK.validate(named)).isEmpty();
        assertThatThrownBy(() -> new SpecReader().read(spec.put("$schema", 5)))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("$.$schema: expected a string, found 5");
    }

    /** Puts a value of each kind in the place of each value, one after the other. */
    private static void agree(ObjectNode spec) {
        assertThat(hasProblems(spec)).isFalse();
        assertThat(CHECK.validate(spec)).isEmpty();
        for (String place : SchemaExamples.places(spec)) {
            for (JsonNode value : KINDS) {
                ObjectNode changed = SchemaExamples.with(spec, place, value);
                boolean refused = !CHECK.validate(changed).isEmpty();
                if (hasProblems(changed)) {
                    assertThat(refused)
                            .as("%s: %s is refused by the code", place, value)
                            .isTrue();
                } else if (refused) {
                    assertThatThrownBy(() -> new SpecReader().read(changed))
                            .as("%s: %s is refused by the schema", place, value)
                            .isInstanceOf(SpecException.class);
                }
            }
            ObjectNode misspelt = SchemaExamples.withUnknownField(spec, place);
            assertThat(CHECK.validate(misspelt).isEmpty())
                    .as("an unknown field in %s", place)
                    .isEqualTo(!hasProblems(misspelt));
        }
    }

    private static boolean hasProblems(ObjectNode spec) {
        Problems problems = new Problems();
        SpecShape.check(spec.deepCopy().without("$schema"), TableSpec.class, problems);
        return !problems.isEmpty();
    }

    private static void compare(Class<?> choice, String definition, Set<String> discriminator) {
        JsonNode node = SCHEMA.at("/$defs/" + definition);
        for (JsonSubTypes.Type one : choice.getAnnotation(JsonSubTypes.class).value()) {
            compare(definition + " " + one.name(), one.value(), EXAMPLES.chosen(node, one.name()), discriminator);
        }
    }

    private static void compare(String path, Class<?> type, JsonNode schema, Set<String> more) {
        Set<String> names = new TreeSet<>(more);
        Set<String> required = new TreeSet<>();
        for (RecordComponent field : type.getRecordComponents()) {
            names.add(field.getName());
            boolean optional = field.getType() == Optional.class;
            if (!optional) {
                required.add(field.getName());
            }
            JsonNode property = EXAMPLES.resolved(schema.at("/properties/" + field.getName()));
            compareInside(
                    path + "." + field.getName(),
                    optional ? argument(field.getGenericType()) : field.getGenericType(),
                    property);
        }
        assertThat(schema.path("properties").fieldNames())
                .as("fields of %s", path)
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(names);
        assertThat(schema.path("required").valueStream().map(JsonNode::textValue))
                .as("required fields of %s", path)
                .containsExactlyInAnyOrderElementsOf(required);
        assertThat(schema.path("additionalProperties"))
                .as("further fields of %s", path)
                .isEqualTo(JSON.booleanNode(false));
    }

    private static void compareInside(String path, Type type, JsonNode schema) {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            compareInside(path + "[]", argument(list), EXAMPLES.resolved(schema.path("items")));
        } else if (type instanceof Class<?> record && record.isRecord() && schema.has("properties")) {
            compare(path, record, schema, Set.of());
        } else if (type instanceof Class<?> choice && choice.isEnum() && schema.has("enum")) {
            assertThat(schema.path("enum")
                            .valueStream()
                            .<Object>map(label -> Json.documents().convertValue(label, choice)))
                    .as("choices of %s", path)
                    .containsExactlyInAnyOrderElementsOf(choices(path, choice));
        }
    }

    /** Raw data has a format that processors read. */
    private static List<Object> choices(String path, Class<?> choice) {
        return Stream.of(choice.getEnumConstants())
                .<Object>map(constant -> constant)
                .filter(constant ->
                        !(constant instanceof DataFormat format) || format.isCreated() || !path.startsWith("$.source."))
                .toList();
    }

    private static Type argument(Type type) {
        return ((ParameterizedType) type).getActualTypeArguments()[0];
    }

    private static List<String> names(Class<?> choice) {
        return Stream.of(choice.getAnnotation(JsonSubTypes.class).value())
                .map(JsonSubTypes.Type::name)
                .toList();
    }

    private static JsonNode read(Path file) {
        try {
            return Json.documents().readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
