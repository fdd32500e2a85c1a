package io.fanin.core.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.json.Json;
import io.fanin.core.spec.SpecException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** The fields that the inputs of both state machines have in common; each is taken out as it is read. */
final class InputFields {

    private InputFields() {}

    static void requireSize(JsonNode input) {
        int bytes = input == null ? 0 : Json.text(input).getBytes(StandardCharsets.UTF_8).length;
        if (bytes > ExecutionInput.MAX_BYTES) {
            throw SpecException.at("$", "expected " + ExecutionInput.MAX_BYTES + " bytes at most, found " + bytes);
        }
    }

    static boolean takeDryRun(ObjectNode fields) {
        Optional<JsonNode> json = Optional.ofNullable(fields.remove("dryRun"));
        if (json.filter(value -> !value.isBoolean()).isPresent()) {
            throw SpecException.at("$.dryRun", "expected true or false, found " + json.get());
        }
        return json.map(JsonNode::booleanValue).orElse(false);
    }

    static Optional<Instant> takeTime(ObjectNode fields) {
        return Optional.ofNullable(fields.remove("time")).map(value -> {
            try {
                return OffsetDateTime.parse(value.asText()).toInstant();
            } catch (DateTimeException e) {
                throw new SpecException(
                        SpecException.at("$.time", "expected a moment such as 2026-11-20T10:00:00Z, found " + value)
                                .getMessage(),
                        e);
            }
        });
    }
}
