package io.fanin.statemachine.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/** The position of an execution: the state, its input, and for a Map the completed items. */
final class Position {

    private final Map<Integer, JsonNode> receipts = new TreeMap<>();
    private final boolean forgiving;
    private String state;
    private JsonNode input;

    Position(String state, JsonNode input) {
        this(state, input, false);
    }

    /** @param forgiving whether a Map tolerates failed items by default */
    Position(String state, JsonNode input, boolean forgiving) {
        this.state = state;
        this.input = input;
        this.forgiving = forgiving;
    }

    String state() {
        return state;
    }

    JsonNode input() {
        return input;
    }

    Map<Integer, JsonNode> receipts() {
        return receipts;
    }

    boolean isForgiving() {
        return forgiving;
    }

    void moveTo(String next, JsonNode nextInput) {
        state = next;
        input = nextInput;
        receipts.clear();
    }
}
