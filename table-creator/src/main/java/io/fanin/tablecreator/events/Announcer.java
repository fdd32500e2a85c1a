package io.fanin.tablecreator.events;

import io.fanin.core.run.folder.NotificationMark;
import io.fanin.core.run.folder.RunFolder;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Sends the events of runs to each listener, for programs, at least once: a marker in the run folder, written
 * afterwards, records that the listener was notified.
 *
 * @param listeners to notify; empty if the stack has no bus
 */
public record Announcer(List<Listener> listeners) {

    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

    public Announcer {
        listeners = List.copyOf(listeners);
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
    public List<String> send(RunFolder run, Announcement announcement) {
        return send(run::notificationMark, announcement);
    }

    /**
     * Notifies the listeners of a run of all tables; otherwise like {@link #send(RunFolder, Announcement)}.
     *
     * @param marks the markers of notifications, by name
     */
    public List<String> send(Function<String, NotificationMark> marks, Announcement announcement) {
        List<String> unreached = new ArrayList<>();
        for (Listener listener : listeners) {
            if (listener.takes(announcement) && !send(listener, marks, announcement)) {
                unreached.add(listener.name() + " " + announcement.event().id());
            }
        }
        return unreached;
    }

    private static boolean send(
            Listener listener, Function<String, NotificationMark> marks, Announcement announcement) {
        String id = announcement.event().id();
        String name = id.substring(id.indexOf('/') + 1).replace('/', '-') + "-" + listener.name();
        try {
            NotificationMark mark = marks.apply(name);
            if (!mark.isSet()) {
                listener.send(announcement);
                mark.set();
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
