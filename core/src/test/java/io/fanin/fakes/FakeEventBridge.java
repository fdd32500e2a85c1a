package io.fanin.fakes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

/**
 * EventBridge in memory: buses keep the events that are put on them. A bus exists as soon as it is used. Thread-safe.
 */
public final class FakeEventBridge extends FakeService {

    private final List<ObjectNode> events = new ArrayList<>();

    public FakeEventBridge(RequestLog log, Faults faults) {
        super(log, faults);
    }

    public EventBridgeClient client() {
        return connect(EventBridgeClient.builder(), promptRetries(), List.of());
    }

    /** The entries that were accepted, oldest first, {@code Detail} as the text that was sent. */
    public synchronized List<ObjectNode> events() {
        return List.copyOf(events);
    }

    @Override
    Call describe(Request request) {
        JsonNode body = AwsJson.body(request);
        return new Call(
                "events",
                AwsJson.operation(request),
                body.at("/Entries/0/EventBusName").asText(),
                AwsJson.facts(body));
    }

    @Override
    synchronized Response answer(Call call, Request request) {
        if (!call.operation().equals("PutEvents")) {
            throw new Refusal(400, "UnknownOperationException", "FakeEventBridge does not know " + call.operation());
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode entries = answer.putArray("Entries");
        int failed = 0;
        for (JsonNode entry : AwsJson.body(request).path("Entries")) {
            Optional<Fault.Fail> fault =
                    faults().forEntry(call, List.of(entry.path("DetailType").asText()));
            if (fault.isPresent()) {
                failed++;
                entries.addObject()
                        .put("ErrorCode", fault.get().code())
                        .put("ErrorMessage", fault.get().message());
            } else {
                events.add(entry.deepCopy());
                entries.addObject().put("EventId", "event-" + events.size());
            }
        }
        return AwsJson.response(200, answer.put("FailedEntryCount", failed));
    }

    @Override
    Response error(Request request, Fault.Fail error) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        return AwsJson.response(error.status(), body.put("__type", error.code()).put("message", error.message()));
    }
}
