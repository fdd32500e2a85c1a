package io.fanin.statemachine.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs a scope of the Amazon States Language state by state, following <a href="https://states-language.net/">its
 * specification</a> for the features that the state machine uses. Anything else is refused.
 */
final class Interpreter {

    private static final Map<String, Set<String>> KNOWN = Map.of(
            "Task", Set.of("Resource", "Parameters", "TimeoutSeconds", "Retry", "Catch", "ResultPath"),
            "Choice", Set.of("Choices"),
            "Pass", Set.of("Parameters"),
            "Succeed", Set.of(),
            "Wait", Set.of("Seconds"),
            "Map",
                    Set.of(
                            "Label",
                            "MaxConcurrency",
                            "ToleratedFailurePercentage",
                            "ItemReader",
                            "ItemSelector",
                            "ItemProcessor",
                            "ResultPath"));

    private static final Set<String> COMMON = Set.of("Type", "Next", "End", "Comment");

    /** The errors that States.ALL does not include. */
    private static final Set<String> UNCATCHABLE = Set.of("States.Runtime", "States.DataLimitExceeded");

    private static final int DEFAULT_ATTEMPTS = 3;

    private final JsonNode scope;
    private final TaskRunner tasks;

    Interpreter(JsonNode scope, TaskRunner tasks) {
        this.scope = scope;
        this.tasks = tasks;
        scope.get("States").forEach(Interpreter::requireKnown);
    }

    String startAt() {
        return scope.get("StartAt").textValue();
    }

    /** Runs states from the position to the end, and returns the output. Updates the position. */
    JsonNode run(Position position, ObjectNode context) {
        while (true) {
            tasks.checkpoint();
            JsonNode state = scope.get("States").get(position.state());
            Step step = step(state, position, context);
            if (step.next().isEmpty()) {
                return step.output();
            }
            position.moveTo(step.next().get(), step.output());
        }
    }

    /** The output of a state, and the next one. */
    private record Step(JsonNode output, Optional<String> next) {

        static Step of(JsonNode state, JsonNode output) {
            return new Step(output, Optional.ofNullable(state.path("Next").textValue()));
        }
    }

    private Step step(JsonNode state, Position position, ObjectNode context) {
        JsonNode input = position.input();
        return switch (state.get("Type").textValue()) {
            case "Task" ->
                caught(
                        state,
                        input,
                        () -> Paths.put(state.path("ResultPath").asText("$"), input, task(state, input, context)));
            case "Choice" -> new Step(input, Optional.of(choose(state, input, context)));
            case "Pass" -> Step.of(state, parameters(state, input, context));
            case "Wait" -> Step.of(state, input);
            case "Succeed" -> new Step(input, Optional.empty());
            case "Map" ->
                Step.of(state, Paths.put(state.get("ResultPath").textValue(), input, map(state, position, context)));
            default -> throw new IllegalArgumentException("unknown: " + state.get("Type"));
        };
    }

    private interface Work {
        JsonNode output();
    }

    private static Step caught(JsonNode state, JsonNode input, Work work) {
        try {
            return Step.of(state, work.output());
        } catch (StateError e) {
            for (JsonNode catcher : state.path("Catch")) {
                if (matches(catcher, e)) {
                    ObjectNode error = JsonNodeFactory.instance.objectNode();
                    error.put("Error", e.error()).put("Cause", e.detail());
                    String path = Optional.ofNullable(catcher.path("ResultPath").textValue())
                            .orElse("$");
                    return Step.of(catcher, Paths.put(path, input, error));
                }
            }
            throw e;
        }
    }

    private JsonNode task(JsonNode state, JsonNode input, JsonNode context) {
        JsonNode given = parameters(state, input, context);
        int[] retried = new int[state.path("Retry").size()];
        while (true) {
            try {
                return tasks.invoke(state.get("Resource").textValue(), given);
            } catch (StateError e) {
                tasks.checkpoint();
                if (!mayRetry(state.path("Retry"), e, retried)) {
                    throw e;
                }
            }
        }
    }

    private static boolean mayRetry(JsonNode retriers, StateError e, int[] retried) {
        for (int i = 0; i < retriers.size(); i++) {
            if (matches(retriers.get(i), e)) {
                return retried[i]++ < retriers.get(i).path("MaxAttempts").asInt(DEFAULT_ATTEMPTS);
            }
        }
        return false;
    }

    private static boolean matches(JsonNode rule, StateError e) {
        for (JsonNode name : rule.get("ErrorEquals")) {
            if (name.textValue().equals(e.error())
                    || (name.textValue().equals("States.ALL") && !UNCATCHABLE.contains(e.error()))) {
                return true;
            }
        }
        return false;
    }

    private static JsonNode parameters(JsonNode state, JsonNode input, JsonNode context) {
        return state.has("Parameters") ? Paths.fill(state.get("Parameters"), input, context) : input;
    }

    private static String choose(JsonNode state, JsonNode input, JsonNode context) {
        for (JsonNode choice : state.get("Choices")) {
            if (holds(choice, input, context)) {
                return choice.get("Next").textValue();
            }
        }
        throw new StateError("States.NoChoiceMatched", "no choice matches " + input);
    }

    private static boolean holds(JsonNode condition, JsonNode input, JsonNode context) {
        if (condition.has("And")) {
            return Stream.iterate(0, i -> i < condition.get("And").size(), i -> i + 1)
                    .allMatch(i -> holds(condition.get("And").get(i), input, context));
        }
        if (condition.has("StringMatches")) {
            String text = Paths.read(condition.get("Variable").textValue(), input, context)
                    .textValue();
            return Paths.matches(condition.get("StringMatches").textValue(), text);
        }
        if (condition.has("IsPresent")) {
            return Paths.isPresent(condition.get("Variable").textValue(), input, context)
                    == condition.get("IsPresent").booleanValue();
        }
        if (!condition.has("StringEquals")) {
            throw new IllegalArgumentException("not understood: " + condition);
        }
        return Paths.read(condition.get("Variable").textValue(), input, context).equals(condition.get("StringEquals"));
    }

    private ArrayNode map(JsonNode state, Position position, ObjectNode context) {
        JsonNode reader = Paths.fill(state.at("/ItemReader/Parameters"), position.input(), context);
        List<JsonNode> items =
                tasks.items(reader.get("Bucket").textValue(), reader.get("Key").textValue());
        Interpreter item = new Interpreter(state.get("ItemProcessor"), tasks);
        Map<Integer, StateError> failed = new HashMap<>();
        for (int i = 0; i < items.size(); i++) {
            if (!position.receipts().containsKey(i)) {
                int number = i;
                failure(item, state, i, items.get(i), position, context).ifPresent(e -> failed.put(number, e));
            }
        }
        if (!tolerates(state, failed.size(), items.size(), position)) {
            throw new StateError(
                    "States.ExceedToleratedFailureThreshold", "The specified tolerated failure threshold was exceeded");
        }
        ArrayNode receipts = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < items.size(); i++) {
            if (failed.containsKey(i)) {
                tasks.remains(failed.get(i)).ifPresent(receipts::add);
            } else {
                receipts.add(position.receipts().get(i));
            }
        }
        return receipts;
    }

    /**
     * Whether the Map tolerates these failures. AWS allows the stated percentage, by default none; engines without
     * redrives tolerate all.
     */
    private static boolean tolerates(JsonNode state, int failed, int items, Position position) {
        return position.isForgiving()
                || failed * 100.0 <= state.path("ToleratedFailurePercentage").asDouble() * items;
    }

    /** Runs an item; returns a failure that none of its states has caught. */
    private Optional<StateError> failure(
            Interpreter item, JsonNode state, int number, JsonNode value, Position position, ObjectNode context) {
        ObjectNode inner = context.deepCopy();
        inner.putObject("Map").putObject("Item").put("Index", number).set("Value", value);
        JsonNode input = Paths.fill(state.get("ItemSelector"), position.input(), inner);
        try {
            if (tasks.losesItem()) {
                throw new StateError("States.Runtime", "lost");
            }
            position.receipts().put(number, item.run(new Position(item.startAt(), input), inner));
            return Optional.empty();
        } catch (StateError e) {
            return Optional.of(e);
        }
    }

    private static void requireKnown(JsonNode state) {
        Set<String> known = KNOWN.getOrDefault(state.get("Type").textValue(), Set.of());
        Set<String> unknown = state.properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> !COMMON.contains(name) && !known.contains(name))
                .collect(Collectors.toSet());
        if (!unknown.isEmpty() || !KNOWN.containsKey(state.get("Type").textValue())) {
            throw new IllegalArgumentException("the interpreter does not know " + unknown + " of " + state);
        }
    }
}
