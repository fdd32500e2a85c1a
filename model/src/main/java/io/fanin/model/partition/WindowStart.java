package io.fanin.model.partition;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A lower bound of key values for partitions from a time on, for a service that compares values without knowing
 * periods. Every partition whose period begins at or after the time is included; others may be, too.
 */
public sealed interface WindowStart {

    /**
     * One key contains the time, and its values sort as text in the order of time.
     *
     * @param value the least one
     */
    record Moment(PartitionKey key, String value) implements WindowStart {}

    /**
     * Several keys determine the time, each a number.
     *
     * @param units the year, and the month and day if there are keys for them; compared one after the other
     */
    record Units(List<Unit> units) implements WindowStart {
        public Units {
            units = List.copyOf(units);
        }
    }

    /**
     * One unit of time.
     *
     * @param value the time's, padded with zeros to {@code yyyy}, {@code MM} or {@code dd}; as text it sorts after no
     *     greater or equal number, padded or not
     */
    record Unit(PartitionKey key, String value) {}

    /** The lower bound for a time; empty if the keys contain no time, or in a form that does not sort. */
    static Optional<WindowStart> of(List<PartitionKey> keys, LocalDateTime from) {
        if (!sortsAsText(from.getYear())) {
            return Optional.empty();
        }
        TimeKeys times = new TimeKeys(keys);
        return times.moment().isPresent()
                ? atMoment(keys.get(times.moment().getAsInt()), times, from)
                : atUnits(keys, times, from);
    }

    private static Optional<WindowStart> atMoment(PartitionKey key, TimeKeys times, LocalDateTime from) {
        boolean sorts = key.type() != KeyType.STRING
                || key.momentFormat().filter(TimePattern::sortsAsText).isPresent();
        // Keys for single units override those units of the complete time.
        LocalDateTime least = times.hasUnits() ? TimeUnits.first(from, TimeUnits.ALL.get(times.firstUnit() - 1)) : from;
        // The value for null has to be included, but text that begins with a literal may sort after it.
        return new KeyCodec(key)
                .valueAt(least)
                .filter(value -> sorts && value.compareTo(PartitionValues.HIVE_DEFAULT) < 0)
                .map(value -> new Moment(key, value));
    }

    private static Optional<WindowStart> atUnits(List<PartitionKey> keys, TimeKeys times, LocalDateTime from) {
        List<Unit> units = new ArrayList<>();
        for (int unit = TimeKey.YEAR; unit < Math.min(times.end(), TimeKey.DAY + 1); unit++) {
            PartitionKey key = keys.get(times.keyOf(unit).orElseThrow());
            units.add(new Unit(key, TimeUnits.text(from, unit)));
        }
        return units.isEmpty() ? Optional.empty() : Optional.of(new Units(units));
    }

    private static boolean sortsAsText(int year) {
        return year >= 1000 && year <= 9999;
    }
}
