package io.fanin.tablecreator;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.fanin.model.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The published schemas of this module's documents. */
final class Schemas {

    private static final Path FOLDER = Path.of("..", "docs", "schemas");

    private Schemas() {}

    /** The violations of the schema of this name in a document. */
    static List<String> errors(String name, JsonNode document) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(text(name))
                .validate(document)
                .stream()
                .map(Error::toString)
                .toList();
    }

    /** The names of the fields that a schema describes. */
    static Set<String> properties(String name) {
        Set<String> names = new HashSet<>();
        Json.read(text(name), JsonNode.class, name)
                .path("properties")
                .fieldNames()
                .forEachRemaining(names::add);
        return names;
    }

    private static String text(String name) {
        try {
            return Files.readString(FOLDER.resolve(name + ".schema.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
