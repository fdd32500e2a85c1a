package io.fanin.tablecreator.notices;

import io.fanin.core.record.LeasedRecord;
import io.fanin.core.record.SentNotice;
import io.fanin.core.record.SentNotice.FailedRun;
import io.fanin.core.record.TableRecord;
import io.fanin.tablecreator.events.NotificationFailedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Sends each listener the notices that are due by {@link NoticeRule}, at least once. They are recorded in the table's
 * record afterwards: if the function dies in between, a notice is sent twice; one that could not be sent is sent at the
 * next opportunity.
 */
public record Notices(List<NoticeListener> listeners, Clock clock) {

    /** The notices of a stack without listeners. */
    public static final Notices NONE = new Notices(List.of(), Clock.systemUTC());

    private static final Logger LOG = LoggerFactory.getLogger(Notices.class);

    public Notices {
        listeners = List.copyOf(listeners);
    }

    public boolean hasListeners() {
        return !listeners.isEmpty();
    }

    /** Whether each listener has been sent all that was due about the table, which is partial. */
    public boolean haveBeenSent(TableRecord record) {
        return sent(record, Optional::isEmpty);
    }

    /**
     * The same, except for reminders: one is sent when the end of the table's execution is told, which may be about to
     * happen.
     */
    boolean haveBeenSentButReminders(TableRecord record) {
        return sent(
                record, due -> due.filter(kind -> kind != NoticeKind.REMINDER).isEmpty());
    }

    private boolean sent(TableRecord record, Predicate<Optional<NoticeKind>> rule) {
        Instant now = clock.instant();
        return listeners.stream()
                .allMatch(listener -> Optional.ofNullable(record.notices().get(listener.name()))
                        .filter(last -> rule.test(
                                NoticeRule.next(last, new TableProblem(record, Optional.empty(), last.failed()), now)))
                        .isPresent());
    }

    /**
     * Sends the notices about a table that are due. Takes one request to the state bucket if any are due, or another
     * run has failed last than the one that is known, in addition to the listeners' own. One more, or of a redriven run
     * two, tell whether a run ends the failure of another one. Otherwise it takes none.
     *
     * @param record the table's current one; only the notices are written to it, which needs no lease
     * @return the listeners that could not be notified
     */
    public List<String> send(LeasedRecord record, NoticeContext context) {
        return send(record, context, new SlowListeners());
    }

    /**
     * Sends the notices about one of many tables.
     *
     * @param slow listeners that are left to a later run, the same for all tables
     */
    public List<String> send(LeasedRecord record, NoticeContext context, SlowListeners slow) {
        boolean isJudge = context.failure().isEmpty()
                && record.known().notices().values().stream()
                        .anyMatch(notice -> notice.failed().isPresent());
        NoticeContext judged = isJudge ? context.ofLastPass() : context;
        Instant now = clock.instant();
        Map<String, Optional<SentNotice>> news = ofRemovedListeners(record.known());
        List<String> unreached = new ArrayList<>();
        for (NoticeListener listener : listeners) {
            Optional<SentNotice> last =
                    Optional.ofNullable(record.known().notices().get(listener.name()));
            TableProblem problem =
                    new TableProblem(record.known(), judged.failure(), judged.failed(record.known(), listener.name()));
            Optional<NoticeKind> due = last.map(notice -> NoticeRule.next(notice, problem, now))
                    .orElseGet(() -> NoticeRule.first(problem));
            due.ifPresent(kind -> {
                Instant since = last.map(SentNotice::since).orElse(now);
                if (isSent(listener, Notice.of(kind, problem, context, since), slow)) {
                    news.put(
                            listener.name(),
                            last.map(notice -> NoticeRule.sent(notice, kind, problem, now))
                                    .orElseGet(() -> Optional.of(NoticeRule.sent(problem, now))));
                } else {
                    unreached.add(listener.name());
                }
            });
        }
        note(record, news, judged);
        return unreached;
    }

    /** The notices of listeners that the stack no longer has: these never hear that a problem is over. */
    private Map<String, Optional<SentNotice>> ofRemovedListeners(TableRecord record) {
        Map<String, Optional<SentNotice>> gone = new HashMap<>();
        Set<String> names = listeners.stream().map(NoticeListener::name).collect(Collectors.toSet());
        record.notices().keySet().stream()
                .filter(name -> !names.contains(name))
                .forEach(name -> gone.put(name, Optional.empty()));
        return gone;
    }

    /** With the notices of others as they are now, of which only the run changes that has failed last. */
    private static Map<String, Optional<SentNotice>> withFailed(
            TableRecord known, Map<String, Optional<SentNotice>> news, NoticeContext context) {
        Map<String, Optional<SentNotice>> all = new HashMap<>(news);
        known.notices().forEach((listener, notice) -> {
            Optional<FailedRun> failed = context.failed(known, listener);
            if (!notice.failed().equals(failed)) {
                all.putIfAbsent(
                        listener,
                        Optional.of(new SentNotice(
                                notice.since(),
                                notice.at(),
                                notice.changes(),
                                notice.state(),
                                notice.causes(),
                                failed)));
            }
        });
        return all;
    }

    private static void note(LeasedRecord record, Map<String, Optional<SentNotice>> news, NoticeContext context) {
        try {
            record.update(known -> SentNotice.noted(known, withFailed(known, news, context)), () -> {});
        } catch (SdkException e) {
            LOG.warn("notices could not be recorded, and will be sent again: {}", e.getMessage());
        }
    }

    private boolean isSent(NoticeListener listener, Notice notice, SlowListeners slow) {
        if (slow.has(listener.name())) {
            LOG.error("the notice {} is left to a later run: {} takes too long", notice.id(), listener.name());
            return false;
        }
        Instant before = clock.instant();
        try {
            listener.send(notice);
            return true;
        } catch (SdkException | NotificationFailedException e) {
            LOG.error("the notice {} could not be sent by {}: {}", notice.id(), listener.name(), e.getMessage());
            return false;
        } finally {
            slow.add(listener.name(), Duration.between(before, clock.instant()));
        }
    }
}
