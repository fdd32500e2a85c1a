package io.fanin.statemachine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The graph of one scope: of the state machine itself, or of a Map's iteration. */
record Workflow(String name, String startAt, Map<String, JsonNode> states) {

    static Workflow of(String name, JsonNode scope) {
        Map<String, JsonNode> states = new LinkedHashMap<>();
        scope.get("States").properties().forEach(state -> states.put(state.getKey(), state.getValue()));
        return new Workflow(name, scope.get("StartAt").textValue(), states);
    }

    /** This workflow and those inside it. */
    Stream<Workflow> all() {
        Stream<Workflow> inner = states.entrySet().stream()
                .filter(state -> state.getValue().has("ItemProcessor"))
                .flatMap(state -> inner(state.getKey()).all());
        return Stream.concat(Stream.of(this), inner);
    }

    /** The iteration of a Map. */
    Workflow inner(String map) {
        return of(map, state(map).get("ItemProcessor"));
    }

    Map<String, JsonNode> ofType(String type) {
        return states.entrySet().stream()
                .filter(state -> type.equals(state.getValue().path("Type").textValue()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    JsonNode state(String state) {
        return Optional.ofNullable(states.get(state)).orElseThrow(() -> new AssertionError("no state " + state));
    }

    /** Every state that may come next. */
    Set<String> successors(String state) {
        JsonNode definition = state(state);
        Set<String> next = new LinkedHashSet<>();
        for (JsonNode place : List.of(definition.path("Next"), definition.path("Default"))) {
            if (place.isTextual()) {
                next.add(place.textValue());
            }
        }
        definition
                .path("Choices")
                .forEach(choice -> next.add(choice.path("Next").textValue()));
        definition
                .path("Catch")
                .forEach(catcher -> next.add(catcher.path("Next").textValue()));
        return next;
    }

    boolean isEnd(String state) {
        JsonNode definition = state(state);
        return definition.path("End").booleanValue()
                || Set.of("Succeed", "Fail").contains(definition.path("Type").textValue());
    }

    /** All states that the given one leads to, itself included. */
    Set<String> reachableFrom(String state) {
        Set<String> reached = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(state));
        while (!open.isEmpty()) {
            String current = open.pop();
            if (reached.add(current)) {
                open.addAll(successors(current));
            }
        }
        return reached;
    }

    @Override
    public String toString() {
        return name;
    }
}
