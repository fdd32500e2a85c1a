package io.fanin.core.partition;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Which partitions begin within two moments, judged by their values or by as much of them as a part of a path says. Where
 * that cannot be told, a partition may be there: nothing is ever lost by pruning.
 */
public final class PeriodBounds {

    private static final int MONTH_IS_TOLD = TimeUnits.ALL.indexOf(ChronoUnit.MONTHS) + 1;

    private final PartitionTime time;
    private final Span bounds;
    private final List<TimeKey> keys;
    private final OptionalInt momentKey;

    /** By the first levels of the key that is a moment, from one level on; empty where they tell nothing. */
    private final List<Optional<PartialTime>> partial;

    private final LeastNames leastNames;

    /**
     * The bounds of a table's partitions.
     *
     * @param from inclusive
     * @param to exclusive
     */
    public PeriodBounds(List<PartitionKey> keys, LocalDateTime from, LocalDateTime to) {
        this.time = new PartitionTime(keys);
        this.bounds = new Span(from, to);
        this.keys = keys.stream().map(TimeKey::of).toList();
        this.momentKey = IntStream.range(0, keys.size())
                .filter(i -> this.keys.get(i).isMoment())
                .findFirst();
        this.partial = momentKey.isPresent()
                ? partialTimes(keys.get(momentKey.getAsInt()).format())
                : List.of();
        int lastUnitOfMoment = keyOf(TimeKey.HOUR).isPresent() ? TimeKey.DAY : TimeUnits.ALL.size() - 1;
        this.leastNames = new LeastNames(this.keys, momentKey.orElse(-1), lastUnitOfMoment, from);
    }

    /**
     * The bounds of what begins at a moment or later.
     *
     * @param from inclusive
     */
    public static PeriodBounds from(List<PartitionKey> keys, LocalDateTime from) {
        return new PeriodBounds(keys, from, LocalDateTime.MAX);
    }

    /** Whether there is no end. */
    public boolean isOpenEnded() {
        return bounds.to().equals(LocalDateTime.MAX);
    }

    /** Whether the partition's period begins within the bounds; never where its values say no moment. */
    public boolean hold(PartitionValues values) {
        return time.of(values).filter(bounds::holds).isPresent();
    }

    /** Whether the partition is asked for: bounds without an end ask also for those whose values say no moment. */
    public boolean include(PartitionValues values) {
        return time.of(values).map(bounds::holds).orElse(isOpenEnded());
    }

    /**
     * Whether a partition below a part of a path can lie within the bounds.
     *
     * @param known what the path says of each key, in their order
     */
    public boolean mayHold(List<Optional<KnownText>> known) {
        return span(known).map(bounds::overlaps).orElse(true);
    }

    /**
     * The least name of the next level below which a partition can lie within the bounds. Names that say no moment may be
     * less.
     *
     * @param known what the path above says of each key, in their order
     * @param parts the parts of the level's names
     * @return empty where any name can lie within the bounds, or none
     */
    public Optional<LeastName> leastName(List<Optional<KnownText>> known, List<NamePart> parts) {
        int year = bounds.from().getYear();
        if (year < 0 || year > TimePattern.LAST_YEAR) {
            return Optional.empty();
        }
        Optional<Span> above = span(known);
        if (above.isPresent() && !above.get().holds(bounds.from())) {
            return Optional.empty();
        }
        int told = above.map(PeriodBounds::unitsTold).orElse(0);
        return above.isPresent() && told == 0 ? Optional.empty() : Optional.of(leastNames.of(parts, told));
    }

    /** Whether a path tells a month, and nothing finer. */
    public boolean isMonth(List<Optional<KnownText>> known) {
        return span(known).map(PeriodBounds::unitsTold).orElse(0) == MONTH_IS_TOLD;
    }

    /** How many units make a span, from the year on; 0 where it is no period of a unit. */
    private static int unitsTold(Span span) {
        return 1
                + IntStream.range(0, TimeUnits.ALL.size())
                        .filter(unit -> span.equals(Span.of(span.from(), TimeUnits.ALL.get(unit))))
                        .findFirst()
                        .orElse(-1);
    }

    /** When the partitions begin of which so much is known; empty when that is too little. */
    private Optional<Span> span(List<Optional<KnownText>> known) {
        if (momentKey.isEmpty()) {
            return spanOfUnits(known);
        }
        Optional<Span> moment = known.get(momentKey.getAsInt()).flatMap(this::spanOfMoment);
        OptionalInt hourKey = keyOf(TimeKey.HOUR);
        if (hourKey.isEmpty()) {
            return moment;
        }
        // The key named hour takes the place of the moment's own.
        return moment.map(Span::days).map(days -> withHour(days, known.get(hourKey.getAsInt())));
    }

    private Optional<Span> spanOfMoment(KnownText text) {
        if (!text.isWhole()) {
            return partial.get(text.levels() - 1).flatMap(first -> first.span(text.text()));
        }
        KeyCodec codec = keys.get(momentKey.getAsInt()).codec();
        return codec.decode(text.text()) instanceof KeyCodec.Decoded.Value(String value)
                ? codec.momentOf(value).map(Span::of)
                : Optional.empty();
    }

    private static Span withHour(Span days, Optional<KnownText> text) {
        int hour = text.map(known -> TimeKey.number(TimeKey.HOUR, known.text())).orElse(-1);
        boolean isOneDay = days.from().plusDays(1).equals(days.to());
        return isOneDay && hour >= 0 && hour < 24
                ? new Span(days.from().plusHours(hour), days.from().plusHours(hour + 1L))
                : days;
    }

    private Optional<Span> spanOfUnits(List<Optional<KnownText>> known) {
        List<Integer> numbers = new ArrayList<>();
        for (int unit = 0; unit < TimeUnits.ALL.size(); unit++) {
            OptionalInt key = keyOf(unit);
            Optional<KnownText> text = key.isPresent() ? known.get(key.getAsInt()) : Optional.empty();
            if (text.isEmpty()) {
                break;
            }
            numbers.add(TimeKey.number(unit, text.get().text()));
        }
        if (numbers.isEmpty()) {
            return Optional.empty();
        }
        try {
            LocalDateTime from = LocalDateTime.of(
                    numbers.getFirst(),
                    at(numbers, 1, 1),
                    at(numbers, 2, 1),
                    at(numbers, TimeKey.HOUR, 0),
                    at(numbers, TimeKey.MINUTE, 0));
            return Optional.of(Span.of(from, TimeUnits.ALL.get(numbers.size() - 1)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int at(List<Integer> numbers, int index, int otherwise) {
        return index < numbers.size() ? numbers.get(index) : otherwise;
    }

    private OptionalInt keyOf(int unit) {
        return IntStream.range(0, keys.size())
                .filter(i -> keys.get(i).unit() == unit)
                .reduce((first, second) -> second);
    }

    private static List<Optional<PartialTime>> partialTimes(Optional<String> format) {
        if (format.isEmpty()) {
            return List.of();
        }
        TimePattern pattern = TimePattern.of(format.get());
        return IntStream.rangeClosed(1, pattern.levels().size())
                .mapToObj(levels -> PartialTime.of(pattern, levels))
                .toList();
    }
}
