package io.fanin.model.run;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The few bytes that a Map iteration returns: at most 60 from a processor, and at most 87 for a processor without an
 * answer, because the state machine keeps only error names that are known to be short. So 2,500 receipts fit into the
 * 256 KiB of a state.
 */
public sealed interface Receipt {

    int batch();

    /**
     * The processor has written its result object.
     *
     * @param ok partitions that have not failed
     */
    record Processed(int batch, int ok, int failed) implements Receipt {
        @JsonValue
        Map<String, Integer> json() {
            Map<String, Integer> json = new LinkedHashMap<>();
            json.put("batch", batch);
            json.put("ok", ok);
            json.put("failed", failed);
            return json;
        }
    }

    /**
     * The processor gave no answer.
     *
     * @param error the name that Step Functions caught; {@code States.TaskFailed} for names that are not kept
     */
    record Lost(int batch, String error) implements Receipt {
        @JsonValue
        Map<String, Object> json() {
            return Map.of("batch", batch, "error", error);
        }
    }

    /** Reads a receipt; empty if it is {@code null} or not a receipt, as after an uncaught failure. */
    static Optional<Receipt> read(JsonNode json) {
        if (json == null || !json.path("batch").isInt()) {
            return Optional.empty();
        }
        int batch = json.get("batch").intValue();
        if (json.path("error").isTextual()) {
            return Optional.of(new Lost(batch, json.get("error").textValue()));
        }
        if (json.path("ok").isInt() && json.path("failed").isInt()) {
            return Optional.of(new Processed(
                    batch, json.get("ok").intValue(), json.get("failed").intValue()));
        }
        return Optional.empty();
    }
}
