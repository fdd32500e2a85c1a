package io.fanin.model.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names of a spec's fields, so that examples can be held to have all of them. */
public final class SpecFields {

    private static final Path SCHEMA = Path.of("../docs/schemas/table-spec-1.schema.json");

    /** For editors, and read by nobody. */
    private static final String OF_EDITORS = "$schema";

    private SpecFields() {}

    /** All that the schema of specs knows. */
    public static Set<String> ofSchema() {
        try {
            Set<String> fields = Json.documents().readTree(SCHEMA.toFile()).findValues("properties").stream()
                    .flatMap(JsonNode::propertyStream)
                    .map(property -> property.getKey())
                    .collect(Collectors.toCollection(TreeSet::new));
            fields.remove(OF_EDITORS);
            return fields;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those in a spec, at any depth. */
    public static Stream<String> of(JsonNode spec) {
        return Stream.concat(
                spec.propertyStream().map(property -> property.getKey()),
                spec.valueStream().flatMap(SpecFields::of));
    }
}
