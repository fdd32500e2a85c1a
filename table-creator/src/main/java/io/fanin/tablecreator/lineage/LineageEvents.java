package io.fanin.tablecreator.lineage;

import io.fanin.model.json.Json;
import io.fanin.tablecreator.events.Announcement;
import io.fanin.tablecreator.events.EventBus;
import io.fanin.tablecreator.events.Listener;
import io.fanin.tablecreator.events.TableEvent;
import java.time.Clock;
import java.util.Optional;

/**
 * The stack's bus, from which a rule of the stack sends the run events of OpenLineage to a backend.
 *
 * @param clock for the time of the events
 */
public record LineageEvents(EventBus bus, Clock clock) implements Listener {

    /** The events' {@code detail-type}; their detail is the run event as it is sent. */
    public static final String DETAIL_TYPE = "OpenLineage";

    @Override
    public String name() {
        return "openlineage";
    }

    /** Events of single tables: a job of OpenLineage makes a table. */
    @Override
    public boolean takes(Announcement announcement) {
        return table(announcement).isPresent();
    }

    @Override
    public void send(Announcement announcement) {
        TableEvent event = table(announcement).orElseThrow();
        LineageRunEvent lineage = LineageRunEvent.of(announcement.kind(), event, clock.instant());
        bus.send(DETAIL_TYPE, event.execution(), Json.text(lineage));
    }

    private static Optional<TableEvent> table(Announcement announcement) {
        return announcement.event() instanceof TableEvent event
                        && event.subject().isPresent()
                ? Optional.of(event)
                : Optional.empty();
    }
}
