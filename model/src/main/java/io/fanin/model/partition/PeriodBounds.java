package io.fanin.model.partition;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Determines whether partitions begin between two times, from their values or from the part of them that a path
 * contains. If that is undetermined, a partition may be within the bounds: pruning never loses any.
 */
public final class PeriodBounds {

    private static final int DOWN_TO_MONTH = TimeUnits.ALL.indexOf(ChronoUnit.MONTHS) + 1;

    private static final Span EVER = new Span(LocalDateTime.MIN, LocalDateTime.MAX);

    private final PartitionTime time;
    private final Span bounds;
    private final TimeKeys keys;

    /**
     * The partial times of the key that is a complete time, by the number of its first levels, from one; empty for
     * numbers of levels that determine no period.
     */
    private final List<Optional<PartialTime>> partial;

    private final StartAfterBound names;

    /**
     * The bounds of a table's partitions.
     *
     * @param from inclusive
     * @param to exclusive
     */
    public PeriodBounds(List<PartitionKey> keys, LocalDateTime from, LocalDateTime to) {
        this.time = new PartitionTime(keys);
        this.bounds = new Span(from, to);
        this.keys = new TimeKeys(keys);
        this.partial = this.keys.moment().stream()
                .boxed()
                .flatMap(moment -> keys.get(moment).momentFormat().stream())
                .flatMap(PeriodBounds::partialTimes)
                .toList();
        this.names = new StartAfterBound(this.keys, from);
    }

    /**
     * The bounds of partitions that begin at or after a time.
     *
     * @param from inclusive
     */
    public static PeriodBounds from(List<PartitionKey> keys, LocalDateTime from) {
        return new PeriodBounds(keys, from, LocalDateTime.MAX);
    }

    public boolean isOpenEnded() {
        return bounds.to().equals(LocalDateTime.MAX);
    }

    /** Whether the partition's period begins within the bounds; false if its values contain no time. */
    public boolean hold(PartitionValues values) {
        return time.of(values).filter(bounds::holds).isPresent();
    }

    /** Whether the partition is included: bounds without an end also include those whose values contain no time. */
    public boolean include(PartitionValues values) {
        return time.of(values).map(bounds::holds).orElse(isOpenEnded());
    }

    /**
     * Whether a partition below a part of a path can lie within the bounds.
     *
     * @param known the part of each key in the path, in their order
     */
    public boolean mayHold(List<Optional<PartialKeyValue>> known) {
        return span(known).map(bounds::overlaps).orElse(true);
    }

    /**
     * The least name of the next level below which a partition can lie within the bounds. Names without a time may be
     * less.
     *
     * @param known the part of each key in the path above, in their order
     * @param parts the parts of the level's names
     * @return empty if any name can lie within the bounds, or none
     */
    public Optional<LeastName> leastName(List<Optional<PartialKeyValue>> known, List<NamePart> parts) {
        int year = bounds.from().getYear();
        if (year < 0 || year > TimePattern.LAST_YEAR) {
            return Optional.empty();
        }
        Optional<Span> above = span(known);
        if (above.isPresent() && !above.get().holds(bounds.from())) {
            return Optional.empty();
        }
        int units = above.map(PeriodBounds::unitsIn).orElse(0);
        return above.isPresent() && units == 0 ? Optional.empty() : Optional.of(names.of(parts, units));
    }

    /** Whether a path determines a month, and nothing finer. */
    public boolean isMonth(List<Optional<PartialKeyValue>> known) {
        return span(known).map(PeriodBounds::unitsIn).orElse(0) == DOWN_TO_MONTH;
    }

    /** The number of units, from the year on, that the span determines; 0 if it is not one period of a unit. */
    private static int unitsIn(Span span) {
        return 1
                + IntStream.range(0, TimeUnits.ALL.size())
                        .filter(unit -> span.equals(Span.of(span.from(), TimeUnits.ALL.get(unit))))
                        .findFirst()
                        .orElse(-1);
    }

    /** The times at which partitions with this known part of their path can begin; empty if it is too short. */
    private Optional<Span> span(List<Optional<PartialKeyValue>> known) {
        Optional<Span> span = keys.moment().isPresent()
                ? known.get(keys.moment().getAsInt()).flatMap(this::spanOfMoment)
                : Optional.of(EVER);
        for (int unit = keys.firstUnit(); unit < keys.end() && span.isPresent(); unit++) {
            Optional<PartialKeyValue> text = known.get(keys.keyOf(unit).orElseThrow());
            if (text.isEmpty() || !isWhole(span.get(), unit)) {
                break;
            }
            span = narrowed(span.get(), unit, text.get().text());
        }
        return span.filter(one -> !one.equals(EVER));
    }

    /** Whether the span determines all units above one. */
    private static boolean isWhole(Span span, int unit) {
        return unit == TimeKey.YEAR || span.equals(Span.of(span.from(), TimeUnits.ALL.get(unit - 1)));
    }

    private static Optional<Span> narrowed(Span span, int unit, String text) {
        try {
            LocalDateTime first = unit == TimeKey.YEAR ? TimeUnits.ORIGIN : span.from();
            LocalDateTime from = TimeUnits.with(first, unit, TimeKey.number(unit, text));
            return Optional.of(Span.of(from, TimeUnits.ALL.get(unit)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The span of the complete time, widened to the units without keys of their own. */
    private Optional<Span> spanOfMoment(PartialKeyValue text) {
        Optional<Span> span = text.isWhole()
                ? momentOf(text.text()).map(Span::of)
                : partial.get(text.levels() - 1).flatMap(first -> first.span(text.text()));
        return keys.hasUnits() ? span.map(one -> one.whole(TimeUnits.ALL.get(keys.firstUnit() - 1))) : span;
    }

    private Optional<LocalDateTime> momentOf(String text) {
        KeyCodec codec = keys.all().get(keys.moment().orElseThrow()).codec();
        return codec.decode(text) instanceof KeyCodec.Decoded.Value(String value)
                ? codec.momentOf(value)
                : Optional.empty();
    }

    private static Stream<Optional<PartialTime>> partialTimes(TimePattern pattern) {
        return IntStream.rangeClosed(1, pattern.levels().size()).mapToObj(levels -> PartialTime.of(pattern, levels));
    }
}
