package io.fanin.tablecreator.notices;

import io.fanin.core.record.SentNotice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides when a notice about a table is sent: when a problem appears, when it changes, once a day while it lasts, and
 * when it is gone. Runs that find the same problem send none.
 *
 * <p>A cause that affects other partitions in each run, or whose message differs each time, would make each run send
 * one. So changes whose causes have been reported are reported a few times, and the rest with the next reminder; a new
 * cause is reported at once, and so is that runs succeed again.
 */
final class NoticeRule {

    /** Less than a day, so that a daily run that ends a little earlier than the day before sends the reminder. */
    private static final Duration REMINDED_AFTER = Duration.ofHours(24).minusMinutes(30);

    /** The maximum number of notices between two reminders about other partitions, or other words, of known causes. */
    private static final int MAX_CHANGES = 3;

    /** The maximum number of causes that are recorded, the last of them. */
    private static final int MAX_CAUSES = 50;

    private NoticeRule() {}

    /** The kind of notice that is due to a listener that knows of no problem; empty for none. */
    static Optional<NoticeKind> first(TableProblem problem) {
        return problem.isOver() ? Optional.empty() : Optional.of(NoticeKind.NEW);
    }

    /** The kind of notice that is due after the last one; empty for none. */
    static Optional<NoticeKind> next(SentNotice last, TableProblem problem, Instant now) {
        if (problem.isOver()) {
            return problem.failed().isPresent() ? Optional.empty() : Optional.of(NoticeKind.HEALED);
        }
        boolean isOther = !last.state().equals(problem.state());
        boolean succeedsAgain = last.isOfRun()
                && problem.failure().isEmpty()
                && problem.failed().isEmpty();
        boolean isNews = succeedsAgain || last.changes() < MAX_CHANGES || !last.hasNamed(problem.causes());
        if (isOther && isNews) {
            return Optional.of(NoticeKind.CHANGED);
        }
        return last.at().plus(REMINDED_AFTER).isAfter(now) ? Optional.empty() : Optional.of(NoticeKind.REMINDER);
    }

    /** The record of the first notice about a problem. */
    static SentNotice sent(TableProblem problem, Instant now) {
        return new SentNotice(now, now, 0, problem.state(), last(problem.causes().stream()), problem.failed());
    }

    /** The record of a notice after the last one; empty if the table no longer has a problem. */
    static Optional<SentNotice> sent(SentNotice last, NoticeKind kind, TableProblem problem, Instant now) {
        if (kind == NoticeKind.HEALED) {
            return Optional.empty();
        }
        List<String> causes = new ArrayList<>(problem.causes());
        if (problem.failure().isEmpty() && problem.failed().isPresent() && last.isOfRun()) {
            causes.add(last.causes().getLast());
        }
        Stream<String> before = last.causes().stream().filter(cause -> !causes.contains(cause));
        return Optional.of(new SentNotice(
                last.since(),
                now,
                kind == NoticeKind.CHANGED ? last.changes() + 1 : 0,
                problem.state(),
                last(Stream.concat(before, causes.stream())),
                problem.failed()));
    }

    private static List<String> last(Stream<String> causes) {
        List<String> all = causes.distinct().toList();
        return all.subList(Math.max(0, all.size() - MAX_CAUSES), all.size());
    }
}
