package io.fanin.core.tables;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.input.ExecutionInput;
import io.fanin.model.json.Json;

/** Fetches table specs from one of the spec buckets. */
public record S3SpecSource(S3Texts texts) implements ExecutionInput.SpecSource {

    private static final S3Texts.Reference SPEC =
            new S3Texts.Reference("$.spec", "a table spec", "s3://bucket/specs/flights.json", ExecutionInput.MAX_BYTES);

    @Override
    public ObjectNode fetch(String uri) {
        return parsed(uri, texts.read(uri, SPEC));
    }

    /** Parses a spec; the URI is for messages. */
    static ObjectNode parsed(String uri, String text) {
        if (text.isBlank()) {
            throw SPEC.refused(uri + " is empty, expected a table spec: upload it again, or delete the object");
        }
        try {
            if (Json.input().readTree(text) instanceof ObjectNode spec) {
                return spec;
            }
            throw SPEC.refused(uri + " holds no JSON object, expected a table spec");
        } catch (JsonProcessingException e) {
            throw SPEC.refused(uri + " is not JSON: " + Json.problem(e) + where(e), e);
        }
    }

    /** The JSON path of the field at which parsing failed. */
    private static String where(JsonProcessingException e) {
        return e.getProcessor() instanceof JsonParser parser
                ? parser.getParsingContext()
                        .pathAsPointer()
                        .toString()
                        .replaceAll("/([0-9]+)(?=/|$)", "[$1]")
                        .replace('/', '.')
                        .transform(path -> path.isEmpty() ? "" : ", at $" + path)
                : "";
    }
}
