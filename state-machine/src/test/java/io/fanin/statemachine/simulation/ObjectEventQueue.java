package io.fanin.statemachine.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.statemachine.simulation.FunctionRun.Function;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * S3's events about the lake in the stack's queue, and the event source that passes them to the function, in any order,
 * and some twice.
 */
final class ObjectEventQueue {

    private static final int MAX_IN_A_BATCH = 5;

    private final HistoryWorld world;

    /** The object names of messages that the function has not finished. */
    private final List<String> undone = new ArrayList<>();

    ObjectEventQueue(HistoryWorld world) {
        this.world = world;
    }

    /** Adds an event about an object. */
    void tell(String key) {
        undone.add(key);
    }

    boolean isEmpty() {
        return undone.isEmpty();
    }

    /** Whether a message about an object below the prefix is unfinished. */
    boolean speaksOf(String prefix) {
        return undone.stream().anyMatch(key -> key.startsWith(prefix));
    }

    /** Hands over a number of batches, with pauses between them. */
    void act(int times) {
        for (int i = 0; i < times; i++) {
            for (int pauses = world.random().below(40); pauses > 0; pauses--) {
                world.scheduler().pause();
            }
            handOver(MAX_IN_A_BATCH);
        }
    }

    /** Hands over all messages. */
    void drain() {
        while (!undone.isEmpty()) {
            handOver(undone.size());
        }
    }

    private void handOver(int most) {
        Map<String, String> batch = new LinkedHashMap<>();
        for (int i = 0; i < most && !undone.isEmpty(); i++) {
            batch.putIfAbsent("m" + i, most == MAX_IN_A_BATCH ? world.random().one(undone) : undone.get(i));
        }
        if (batch.isEmpty()) {
            return;
        }
        ObjectNode input = JsonNodeFactory.instance.objectNode();
        batch.forEach(input::put);
        switch (world.engine().call(Function.OBJECT_EVENTS, input)) {
            case FunctionRun.Answer.Output(JsonNode refused) -> {
                refused.forEach(id -> batch.remove(id.asText()));
                batch.values().forEach(this::done);
            }
            case FunctionRun.Answer.Failed(StateError error) ->
                world.trace()
                        .add(FaultKind.EVENTS_CAME_BACK, "queue", "gets " + batch + " back: " + error.getMessage());
        }
    }

    private void done(String key) {
        if (world.random().chance(world.faults().rates().lost())) {
            world.trace().add(FaultKind.EVENT_CAME_TWICE, "queue", "gives " + key + " once more");
        } else {
            undone.remove(key);
        }
    }
}
