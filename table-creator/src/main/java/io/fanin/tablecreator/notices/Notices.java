package io.fanin.tablecreator.notices;

import io.fanin.core.record.LeasedRecord;
import io.fanin.core.record.ToldNotice;
import io.fanin.tablecreator.events.NotificationFailedException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Tells each listener at least once what {@link NoticeRule} says that it is to be told. What was told is noted in the table's
 * record afterwards: who dies in between is told twice of, and who could not be told is told at the next occasion.
 */
public record Notices(List<NoticeListener> listeners, Clock clock) {

    /** Of a stack in which nobody is told anything. */
    public static final Notices NONE = new Notices(List.of(), Clock.systemUTC());

    private static final Logger LOG = LoggerFactory.getLogger(Notices.class);

    public Notices {
        listeners = List.copyOf(listeners);
    }

    public boolean hasListeners() {
        return !listeners.isEmpty();
    }

    /**
     * Tells what has become of a table. Costs one request to the state bucket when there is something to tell, beside what the
     * listeners cost, and none otherwise.
     *
     * @param record the table's, as it is now: what is written to it is that, and nothing that needs the lease
     * @return the listeners that could not be told
     */
    public List<String> tell(LeasedRecord record, Occasion occasion) {
        Trouble trouble = new Trouble(record.known(), occasion.failure());
        Instant now = clock.instant();
        Map<String, Optional<ToldNotice>> news = new HashMap<>();
        List<String> untold = new ArrayList<>();
        for (NoticeListener listener : listeners) {
            Optional<ToldNotice> last =
                    Optional.ofNullable(record.known().told().get(listener.name()));
            NoticeRule.due(last, trouble, now).ifPresent(kind -> {
                if (told(listener, Notice.of(kind, last, trouble, occasion, now))) {
                    news.put(listener.name(), NoticeRule.told(last, kind, trouble, now));
                } else {
                    untold.add(listener.name());
                }
            });
        }
        note(record, news);
        return untold;
    }

    private static void note(LeasedRecord record, Map<String, Optional<ToldNotice>> news) {
        try {
            record.update(known -> ToldNotice.noted(known, news), () -> {});
        } catch (SdkException e) {
            LOG.warn("what was told will be told again, since it could not be noted: {}", e.getMessage());
        }
    }

    private static boolean told(NoticeListener listener, Notice notice) {
        try {
            listener.tell(notice);
            return true;
        } catch (SdkException | NotificationFailedException e) {
            LOG.error("the notice {} could not be sent by {}: {}", notice.id(), listener.name(), e.getMessage());
            return false;
        }
    }
}
