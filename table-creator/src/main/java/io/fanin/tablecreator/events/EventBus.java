package io.fanin.tablecreator.events;

import io.fanin.core.retry.Backoff;
import io.fanin.model.json.Json;
import java.util.function.Supplier;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/**
 * An EventBridge bus, which receives events of every kind.
 *
 * @param clients creates the client, which is closed after each call
 * @param bus its name
 */
public record EventBus(Supplier<EventBridgeClient> clients, String bus, Backoff backoff) implements Listener {

    /** The events' {@code source}, for rules. */
    public static final String SOURCE = "partition-fan-in";

    /** For an entry that EventBridge rejects, which it does with status 200. */
    private static final int ATTEMPTS = 3;

    @Override
    public String name() {
        return "event";
    }

    @Override
    public void send(Announcement announcement) {
        send(announcement.kind().detailType(), announcement.event().execution(), Json.text(announcement.event()));
    }

    /**
     * Sends an event.
     *
     * @param execution the ARN of the event's execution
     * @param detail a JSON object
     */
    public void send(String detailType, String execution, String detail) {
        PutEventsRequestEntry entry = PutEventsRequestEntry.builder()
                .eventBusName(bus)
                .source(SOURCE)
                .detailType(detailType)
                .resources(execution)
                .detail(detail)
                .build();
        try (EventBridgeClient events = clients.get()) {
            for (int attempt = 1; ; attempt++) {
                PutEventsResponse answer = events.putEvents(request -> request.entries(entry));
                if (answer.failedEntryCount() == 0) {
                    return;
                }
                if (attempt == ATTEMPTS) {
                    throw refused(answer.entries().get(0));
                }
                backoff.pauseAfter(attempt);
            }
        }
    }

    private NotificationFailedException refused(PutEventsResultEntry entry) {
        return new NotificationFailedException(
                "the event bus " + bus + " did not take it: " + entry.errorCode() + ": " + entry.errorMessage());
    }
}
