package io.fanin.core.partition;

import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The first levels of a date format, and the length of the period that they name: {@code yyyy/MM} of {@code
 * yyyy/MM/dd/HH} names a month.
 */
record PartialTime(TimePattern pattern, ChronoUnit unit) {

    /** From coarse to fine. */
    private static final List<ChronoUnit> UNITS = List.of(
            ChronoUnit.YEARS,
            ChronoUnit.MONTHS,
            ChronoUnit.DAYS,
            ChronoUnit.HOURS,
            ChronoUnit.MINUTES,
            ChronoUnit.SECONDS);

    /** Between them they differ in every field, and none is the first of its unit. */
    private static final List<LocalDateTime> SAMPLES =
            List.of(LocalDateTime.of(2013, 2, 8, 17, 45, 59), LocalDateTime.of(2024, 11, 30, 5, 7, 3));

    /** Empty when the levels do not name one unbroken period by themselves: {@code MM}, or {@code yyyy/HH}. */
    static Optional<PartialTime> of(TimePattern whole, int levels) {
        try {
            TimePattern pattern = TimePattern.of(String.join("/", whole.levels().subList(0, levels)));
            return UNITS.stream()
                    .filter(unit -> saysNothingBelow(pattern, unit))
                    .findFirst()
                    .filter(unit -> saysEverythingDownTo(pattern, unit))
                    .map(unit -> new PartialTime(pattern, unit));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The period that a text of these levels names. */
    Optional<Span> span(String text) {
        return pattern.read(text).map(start -> new Span(start, start.plus(1, unit)));
    }

    private static boolean saysNothingBelow(TimePattern pattern, ChronoUnit unit) {
        return SAMPLES.stream().allMatch(moment -> pattern.write(moment).equals(pattern.write(first(moment, unit))));
    }

    private static boolean saysEverythingDownTo(TimePattern pattern, ChronoUnit unit) {
        Stream<ChronoUnit> coarser = UNITS.stream().filter(one -> one.compareTo(unit) >= 0);
        return coarser.allMatch(one ->
                SAMPLES.stream().noneMatch(moment -> pattern.write(moment).equals(pattern.write(moment.plus(1, one)))));
    }

    private static LocalDateTime first(LocalDateTime moment, ChronoUnit unit) {
        return switch (unit) {
            case YEARS -> moment.withDayOfYear(1).truncatedTo(ChronoUnit.DAYS);
            case MONTHS -> moment.withDayOfMonth(1).truncatedTo(ChronoUnit.DAYS);
            default -> moment.truncatedTo(unit);
        };
    }
}
