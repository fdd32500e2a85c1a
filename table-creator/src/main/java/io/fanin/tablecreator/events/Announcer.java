package io.fanin.tablecreator.events;

import io.fanin.core.retry.Backoff;
import io.fanin.core.retry.Sleeper;
import io.fanin.core.run.folder.NotificationMark;
import io.fanin.core.run.folder.RunFolder;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.sns.SnsClient;

/**
 * Notifies each listener at least once: a marker in the run folder, written afterwards, records that it was notified.
 *
 * @param listeners to notify; none if the stack has neither a bus nor a topic
 */
public record Announcer(List<Listener> listeners) {

    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

    public Announcer {
        listeners = List.copyOf(listeners);
    }

    /**
     * With the listeners of the stack.
     *
     * @param bus the name of an event bus
     * @param topic the ARN of a topic
     */
    public static Announcer of(
            Optional<String> bus,
            Supplier<EventBridgeClient> events,
            Optional<String> topic,
            Supplier<SnsClient> notifications) {
        return new Announcer(Stream.<Listener>concat(
                        bus.map(name -> new EventBus(events, name, new Backoff(Sleeper.SYSTEM))).stream(),
                        topic.map(arn -> new Topic(notifications, arn)).stream())
                .toList());
    }

    public boolean hasListeners() {
        return !listeners.isEmpty();
    }

    /**
     * Notifies the listeners that have not been notified yet. A failure is logged as an error and does not affect the
     * other listeners.
     *
     * @return the listeners that could not be notified
     */
    public List<String> tell(RunFolder run, Announcement announcement) {
        return tell(run::told, announcement);
    }

    /**
     * The same for a run of all tables.
     *
     * @param marks says by its name whether something has been told
     */
    public List<String> tell(Function<String, NotificationMark> marks, Announcement announcement) {
        List<String> untold = new ArrayList<>();
        for (Listener listener : listeners) {
            if (listener.wants(announcement.kind()) && !tell(listener, marks, announcement)) {
                untold.add(listener.name() + " " + announcement.event().id());
            }
        }
        return untold;
    }

    private static boolean tell(
            Listener listener, Function<String, NotificationMark> marks, Announcement announcement) {
        String id = announcement.event().id();
        String mark = id.substring(id.indexOf('/') + 1).replace('/', '-') + "-" + listener.name();
        try {
            NotificationMark told = marks.apply(mark);
            if (!told.isSet()) {
                listener.tell(announcement);
                told.set();
            }
            return true;
        } catch (SdkException | UncheckedIOException | NotificationFailedException e) {
            LOG.error(
                    "{} of {} could not be sent as {}: {}",
                    announcement.kind().detailType(),
                    id,
                    listener.name(),
                    e.getMessage());
            return false;
        }
    }
}
