package io.fanin.detector.events;

import io.fanin.core.inbox.Inbox;
import io.fanin.core.parallel.Workers;
import io.fanin.model.json.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Delivers S3's events to the inboxes of the tables. A message is done only if all its objects are recorded in an
 * inbox, or dropped for a {@link DropReason}; for a batch each table gets one entry at most. Nothing in S3 except the
 * specs is listed.
 *
 * <p>An event is dropped for an unknown table only if the tables were looked up after the event had been received.
 */
public final class ObjectEvents {

    private static final Logger LOG = LoggerFactory.getLogger(ObjectEvents.class);

    /** The time for which a warm environment may use the tables that it has looked up. */
    private static final Duration MAX_AGE = Duration.ofMinutes(1);

    private static final int PARALLEL = 16;

    private final CurrentTables tables;
    private final Inbox inbox;
    private final Clock clock;
    private final Workers workers;

    public ObjectEvents(CurrentTables tables, Inbox inbox, Clock clock, Workers workers) {
        this.tables = tables;
        this.inbox = inbox;
        this.clock = clock;
        this.workers = workers;
    }

    /**
     * Delivers a batch.
     *
     * @param messages bodies by the messages' ids
     * @return the ids of the messages that are not done
     */
    public Set<String> deliver(Map<String, String> messages) {
        Instant received = clock.instant();
        Map<String, EventBody> bodies = new LinkedHashMap<>();
        messages.forEach((id, body) -> bodies.put(id, S3Events.read(body)));
        // Nothing here keeps the first delivery: its index would be in memory while the next one is read.
        Delivery delivery = sorted(bodies, received.minus(MAX_AGE))
                .unlessNewerTablesMatter()
                .orElseGet(() -> sorted(bodies, received));
        write(delivery, received);
        LOG.atLevel(delivery.refused().isEmpty() ? Level.INFO : Level.WARN)
                .log("{}", Json.text(delivery.summary(messages.size())));
        return delivery.refused();
    }

    private Delivery sorted(Map<String, EventBody> bodies, Instant asOf) {
        Delivery delivery = new Delivery(tables.notBefore(asOf));
        bodies.forEach(delivery::add);
        return delivery;
    }

    /** If one table's entry cannot be written, only the messages with this table are delivered again. */
    private void write(Delivery delivery, Instant received) {
        try (ExecutorService writers = workers.open(PARALLEL)) {
            Map<Delivery.NamedPartitions, Future<?>> writing = new LinkedHashMap<>();
            delivery.named()
                    .forEach(table -> writing.put(table, writers.submit(() -> inbox.put(table.entry(received)))));
            writing.forEach((table, written) -> {
                try {
                    Workers.await(written);
                } catch (RuntimeException e) {
                    String why = "the inbox of " + table.name() + " cannot be written: " + e.getMessage();
                    table.messages().forEach(message -> delivery.refuse(message, why));
                }
            });
        }
    }
}
