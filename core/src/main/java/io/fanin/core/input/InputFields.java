package io.fanin.core.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.model.json.Json;
import io.fanin.model.names.InputNames;
import io.fanin.model.spec.SpecException;
import io.fanin.model.text.LogSafe;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** The fields that the inputs of both state machines have in common; each is removed from the input when it is read. */
final class InputFields {

    /**
     * The limits of reference times: times computed from them, with a zone or a duration, still have years of four
     * digits.
     */
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("9999-01-01T00:00:00Z");

    private static final int SHOWN = 100;

    private InputFields() {}

    static void requireSize(JsonNode input) {
        int bytes = input == null ? 0 : Json.text(input).getBytes(StandardCharsets.UTF_8).length;
        if (bytes > ExecutionInput.MAX_BYTES) {
            throw SpecException.at("$", "expected " + ExecutionInput.MAX_BYTES + " bytes at most, found " + bytes);
        }
    }

    static boolean takeDryRun(ObjectNode fields) {
        Optional<JsonNode> json = Optional.ofNullable(fields.remove(InputNames.DRY_RUN));
        if (json.filter(value -> !value.isBoolean()).isPresent()) {
            throw SpecException.at("$.dryRun", "expected true or false, found " + json.get());
        }
        return json.map(JsonNode::booleanValue).orElse(false);
    }

    static Optional<Instant> takeTime(ObjectNode fields) {
        return Optional.ofNullable(fields.remove("time")).map(InputFields::time);
    }

    private static Instant time(JsonNode value) {
        String refusal = "expected a moment such as 2026-11-20T10:00:00Z, in the years 1 to 9998, found "
                + LogSafe.beginning(value.toString(), SHOWN);
        try {
            Instant time = OffsetDateTime.parse(value.asText()).toInstant();
            if (!time.isBefore(FIRST) && time.isBefore(LAST)) {
                return time;
            }
        } catch (DateTimeException e) {
            throw SpecException.at("$.time", refusal, e);
        }
        throw SpecException.at("$.time", refusal);
    }
}
