package io.fanin.model.spec.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Specs with every field of a schema, and variants of them with one value changed. */
record SchemaExamples(JsonNode schema) {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /**
     * A spec with all fields of the table, and those of the kinds that are chosen.
     *
     * @param kinds the processor's type, or the detection's mode, by the field's name
     */
    ObjectNode spec(Map<String, String> kinds) {
        ObjectNode spec = JSON.objectNode();
        schema.path("properties").properties().forEach(field -> {
            JsonNode declared = resolved(field.getValue());
            String kind = kinds.get(field.getKey());
            if (kind != null) {
                String discriminator = declared.path("properties").fieldNames().next();
                ObjectNode chosen = (ObjectNode) example(chosen(declared, kind));
                spec.set(field.getKey(), chosen.put(discriminator, kind));
            } else if (!declared.has("allOf")) {
                spec.set(field.getKey(), example(declared));
            }
        });
        return spec;
    }

    /** The schema of one kind in a choice. */
    JsonNode chosen(JsonNode choice, String kind) {
        return choice.path("allOf")
                .valueStream()
                .filter(one ->
                        one.at("/if/properties").findValuesAsText("const").contains(kind))
                .map(one -> resolved(one.path("then")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the schema does not know " + kind));
    }

    JsonNode resolved(JsonNode declared) {
        return declared.has("$ref")
                ? schema.at(declared.path("$ref").textValue().substring(1))
                : declared;
    }

    private JsonNode example(JsonNode reference) {
        JsonNode declared = resolved(reference);
        for (String given : List.of("examples", "enum")) {
            if (declared.has(given)) {
                return declared.path(given).get(0);
            }
        }
        return switch (declared.path("type").asText()) {
            case "object" -> {
                ObjectNode object = JSON.objectNode();
                declared.path("properties")
                        .properties()
                        .forEach(field -> object.set(field.getKey(), example(field.getValue())));
                yield object;
            }
            case "array" -> JSON.arrayNode().add(example(declared.path("items")));
            case "integer" -> JSON.numberNode(1);
            case "boolean" -> JSON.booleanNode(true);
            default -> JSON.textNode("text");
        };
    }

    /** The JSON pointers of all values. */
    static List<String> places(JsonNode spec) {
        List<String> places = new ArrayList<>();
        collect("", spec, places);
        return places;
    }

    private static void collect(String place, JsonNode value, List<String> places) {
        value.properties().forEach(field -> {
            places.add(place + "/" + field.getKey());
            collect(place + "/" + field.getKey(), field.getValue(), places);
        });
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            places.add(place + "/" + i);
            collect(place + "/" + i, value.get(i), places);
        }
    }

    static ObjectNode with(ObjectNode spec, String place, JsonNode value) {
        ObjectNode copy = spec.deepCopy();
        int last = place.lastIndexOf('/');
        JsonNode parent = copy.at(place.substring(0, last));
        if (parent instanceof ArrayNode array) {
            array.set(Integer.parseInt(place.substring(last + 1)), value);
        } else {
            ((ObjectNode) parent).set(place.substring(last + 1), value);
        }
        return copy;
    }

    /** With one field more where the value is an object. */
    static ObjectNode withUnknownField(ObjectNode spec, String place) {
        ObjectNode copy = spec.deepCopy();
        if (copy.at(place) instanceof ObjectNode object) {
            object.put("unknownField", "text");
        }
        return copy;
    }
}
