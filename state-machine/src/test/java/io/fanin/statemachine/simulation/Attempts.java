package io.fanin.statemachine.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The number of times that each partition's own failure kept it from being registered. */
final class Attempts {

    /** The number of failures of its own after which a partition may be set aside. */
    static final int MAX = 2;

    private final Map<List<String>, Integer> failures = new HashMap<>();

    /** Counts a failure of the partition itself. */
    void failed(List<String> values) {
        failures.merge(values, 1, Integer::sum);
    }

    /** Counts the result of a processor, if it is a failure of the partition itself. */
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
