package io.fanin.tablecreator.notices;

import io.fanin.core.record.ToldNotice;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides what people are told of a table: that something is wrong, that something else is, once a day that it still is, and that
 * it is over. Runs that find the same tell nothing.
 *
 * <p>A cause that hits other partitions with each run would make each run tell. So what is wrong for reasons that people know is
 * told a few times, and the rest with the next reminder; a reason that they do not know is told at once.
 */
final class NoticeRule {

    /** Less than a day, so that a daily run that ends a little earlier than the day before reminds of it. */
    private static final Duration REMINDED_AFTER = Duration.ofHours(24).minusMinutes(30);

    /** How often it is told between two reminders that other partitions are concerned. */
    private static final int MAX_CHANGES = 3;

    /** How many causes are remembered, the last of them. */
    private static final int MAX_CAUSES = 50;

    private NoticeRule() {}

    /** What is to be told now; empty for nothing. */
    static Optional<NoticeKind> due(Optional<ToldNotice> told, Trouble trouble, Instant now) {
        if (told.isEmpty()) {
            return trouble.isOver() ? Optional.empty() : Optional.of(NoticeKind.NEW);
        }
        if (trouble.isOver()) {
            return Optional.of(NoticeKind.HEALED);
        }
        ToldNotice last = told.get();
        boolean isOther = !last.state().equals(trouble.state());
        if (isOther && (last.changes() < MAX_CHANGES || !last.causes().containsAll(trouble.causes()))) {
            return Optional.of(NoticeKind.CHANGED);
        }
        return last.at().plus(REMINDED_AFTER).isAfter(now) ? Optional.empty() : Optional.of(NoticeKind.REMINDER);
    }

    /** What was told then; empty for that it is over. */
    static Optional<ToldNotice> told(Optional<ToldNotice> before, NoticeKind kind, Trouble trouble, Instant now) {
        List<String> causes = Stream.concat(before.map(ToldNotice::causes).stream(), Stream.of(trouble.causes()))
                .flatMap(List::stream)
                .distinct()
                .toList();
        return kind == NoticeKind.HEALED
                ? Optional.empty()
                : Optional.of(new ToldNotice(
                        before.map(ToldNotice::since).orElse(now),
                        now,
                        kind == NoticeKind.CHANGED
                                ? before.map(ToldNotice::changes).orElse(0) + 1
                                : 0,
                        trouble.state(),
                        causes.subList(Math.max(0, causes.size() - MAX_CAUSES), causes.size())));
    }
}
