package io.fanin.model.partition;

import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The first levels of a date format, and the length of the period that they name: {@code yyyy/MM} of
 * {@code yyyy/MM/dd/HH} names a month.
 */
record PartialTime(TimePattern pattern, ChronoUnit unit) {

    /** Sample times that differ from each other in every field, and none of whose fields is the first of its unit. */
    private static final List<LocalDateTime> SAMPLES =
            List.of(LocalDateTime.of(2013, 2, 8, 17, 45, 59), LocalDateTime.of(2024, 11, 30, 5, 7, 3));

    private static final TimePattern.Recent<Optional<PartialTime>> READ = new TimePattern.Recent<>();

    /**
     * The first levels of a format; empty if they do not name one unbroken period by themselves: {@code MM}, or
     * {@code yyyy/HH}.
     */
    static Optional<PartialTime> of(TimePattern whole, int levels) {
        return READ.of(String.join("/", whole.levels().subList(0, levels)), PartialTime::read);
    }

    private static Optional<PartialTime> read(String format) {
        try {
            TimePattern pattern = TimePattern.of(format);
            return TimeUnits.ALL.stream()
                    .filter(unit -> saysNothingBelow(pattern, unit))
                    .findFirst()
                    .filter(unit -> saysEverythingDownTo(pattern, unit))
                    .map(unit -> new PartialTime(pattern, unit));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The period for a text of these levels. */
    Optional<Span> span(String text) {
        return pattern.read(text).map(start -> Span.of(start, unit));
    }

    private static boolean saysNothingBelow(TimePattern pattern, ChronoUnit unit) {
        return SAMPLES.stream()
                .allMatch(moment -> pattern.write(moment).equals(pattern.write(TimeUnits.first(moment, unit))));
    }

    private static boolean saysEverythingDownTo(TimePattern pattern, ChronoUnit unit) {
        Stream<ChronoUnit> coarser = TimeUnits.ALL.stream().filter(one -> one.compareTo(unit) >= 0);
        return coarser.allMatch(one ->
                SAMPLES.stream().noneMatch(moment -> pattern.write(moment).equals(pattern.write(moment.plus(1, one)))));
    }
}
