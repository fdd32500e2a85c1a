package io.fanin.cli.execution;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.json.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/**
 * An execution's progress so far. Outputs of states are distinguished by their content, so that states may be renamed.
 *
 * @param detection the result of the detector, or the work left at the gate: partitions, batches, skipped names; empty
 *     before
 */
public record ExecutionHistory(List<Step> steps, ObjectNode detection) {

    /** How the names of the counts begin that detection left out, and of the samples beside them. */
    private static final List<String> LEFT_OUT = List.of("skipped", "waiting", "setAside", "missing");

    public static final ExecutionHistory NONE = new ExecutionHistory(List.of(), JsonNodeFactory.instance.objectNode());

    /** A state that was entered. */
    public record Step(long event, String name, boolean isMap) {}

    /** The history from these events, in any order. */
    public static ExecutionHistory of(List<HistoryEvent> events) {
        List<Step> steps = new ArrayList<>();
        ObjectNode detection = JsonNodeFactory.instance.objectNode();
        for (HistoryEvent event :
                events.stream().sorted(Comparator.comparing(HistoryEvent::id)).toList()) {
            if (event.stateEnteredEventDetails() != null) {
                steps.add(new Step(
                        event.id(),
                        event.stateEnteredEventDetails().name(),
                        event.typeAsString().startsWith("MapState")));
            } else if (event.stateExitedEventDetails() != null) {
                ObjectNode output = object(
                        Optional.ofNullable(event.stateExitedEventDetails().output()));
                if (output.has("next") && !output.has("report")) {
                    detection = leftOut(detection).setAll(output);
                }
            }
        }
        return new ExecutionHistory(List.copyOf(steps), detection);
    }

    /** The names that detection left out: reported once, valid for every pass. */
    private static ObjectNode leftOut(ObjectNode detection) {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        detection.properties().stream()
                .filter(field -> LEFT_OUT.stream().anyMatch(field.getKey()::startsWith))
                .forEach(field -> kept.set(field.getKey(), field.getValue()));
        return kept;
    }

    /** The JSON object that a text holds; an empty one where it holds none. */
    static ObjectNode object(Optional<String> text) {
        try {
            JsonNode json = Json.documents().readTree(text.orElse(""));
            return json instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
        } catch (JsonProcessingException e) {
            return JsonNodeFactory.instance.objectNode();
        }
    }
}
