package io.fanin.core.answer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.fanin.model.json.Json;
import java.util.Optional;

/** Identifies answers by the fields that only one of them has, so that states may be renamed. */
final class StepAnswerReader {

    private static final ObjectReader READER =
            Json.documents().reader().without(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

    private StepAnswerReader() {}

    static Optional<StepAnswer> find(String output) {
        try {
            JsonNode json = READER.readTree(output);
            if (json.has("status")) {
                return read(json, json.has("totals") ? TablesSummary.class : TableCreatorAnswer.class);
            }
            if (!json.has("next")) {
                return Optional.empty();
            }
            if (json.has("tables")) {
                return read(json, TablesAnswer.class);
            }
            // A run begins with pass 0; later passes come from the gate.
            return read(json, json.path("pass").asInt() == 0 ? DetectorAnswer.class : GateAnswer.class);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static Optional<StepAnswer> read(JsonNode json, Class<? extends StepAnswer> type)
            throws JsonProcessingException {
        return Optional.of(READER.treeToValue(json, type));
    }
}
