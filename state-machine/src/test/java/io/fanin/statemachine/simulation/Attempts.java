package io.fanin.statemachine.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How often each partition was itself to blame for not being registered. */
final class Attempts {

    /** The number of failures of its own after which a partition may be set aside. */
    static final int MAX = 2;

    private final Map<List<String>, Integer> failures = new HashMap<>();

    /** Something that is wrong with the partition has come to light. */
    void failed(List<String> values) {
        failures.merge(values, 1, Integer::sum);
    }

    /** A processor says how a partition ended. */
    void processed(JsonNode result) {
        boolean isSound = result.path("outcome").asText().equals("processed");
        if (!isSound && !result.at("/failure/external").asBoolean()) {
            failed(RunFiles.values(result.at("/partition/values")));
        }
    }

    int of(List<String> values) {
        return failures.getOrDefault(values, 0);
    }

    /** Whether some partition may be set aside for its own failures. */
    boolean mayBeSetAside() {
        return failures.values().stream().anyMatch(count -> count >= MAX);
    }
}
