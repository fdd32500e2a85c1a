package io.fanin.model.partition;

import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;

/**
 * A span of time.
 *
 * @param from inclusive
 * @param to exclusive
 */
record Span(LocalDateTime from, LocalDateTime to) {

    static Span of(LocalDateTime moment) {
        return new Span(moment, moment.plusNanos(1));
    }

    static Span of(LocalDateTime from, ChronoUnit length) {
        return new Span(from, from.plus(1, length));
    }

    boolean holds(LocalDateTime moment) {
        return !moment.isBefore(from) && moment.isBefore(to);
    }

    boolean overlaps(Span other) {
        return from.isBefore(other.to) && other.from.isBefore(to);
    }

    /** The span of all periods of a unit that overlap this one. */
    Span whole(ChronoUnit unit) {
        return new Span(
                TimeUnits.first(from, unit),
                TimeUnits.first(to.minusNanos(1), unit).plus(1, unit));
    }
}
