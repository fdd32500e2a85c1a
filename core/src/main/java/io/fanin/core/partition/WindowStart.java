package io.fanin.core.partition;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * What the values of a table's keys are from a moment on, for a service that compares values and knows nothing of periods.
 * Every partition whose period begins at the moment or later is within; others may be, too.
 */
public sealed interface WindowStart {

    /** Years of four digits are those that sort as text. */
    int FIRST_YEAR = 1000;

    int LAST_YEAR = 9999;

    /**
     * One key says the moment, and its values sort as text the way the moments do.
     *
     * @param value the least one
     */
    record Moment(PartitionKey key, String value) implements WindowStart {}

    /**
     * Several keys say the moment, each a number.
     *
     * @param units the year, and the month and day where there are keys for them; compared one after the other
     */
    record Units(List<Unit> units) implements WindowStart {
        public Units {
            units = List.copyOf(units);
        }
    }

    /**
     * One unit of time.
     *
     * @param value the moment's own, padded with zeros to {@code yyyy}, {@code MM} or {@code dd}; as text it comes after
     *     no number that is greater or equal, padded or not
     */
    record Unit(PartitionKey key, String value) {}

    /** Empty where the keys tell no time, or tell it in a form that does not sort. */
    static Optional<WindowStart> of(List<PartitionKey> keys, LocalDateTime from) {
        if (from.getYear() < FIRST_YEAR || from.getYear() > LAST_YEAR) {
            return Optional.empty();
        }
        List<TimeKey> times = keys.stream().map(TimeKey::of).toList();
        OptionalInt moment = IntStream.range(0, keys.size())
                .filter(i -> times.get(i).isMoment())
                .findFirst();
        return moment.isPresent() ? atMoment(keys.get(moment.getAsInt()), times, from) : atUnits(keys, times, from);
    }

    private static Optional<WindowStart> atMoment(PartitionKey key, List<TimeKey> times, LocalDateTime from) {
        boolean sorts = key.type() != KeyType.STRING
                || key.format()
                        .map(TimePattern::of)
                        .filter(TimePattern::sortsAsText)
                        .isPresent();
        // A key named hour takes the place of the moment's own.
        boolean hourApart = times.stream().anyMatch(time -> time.unit() == TimeKey.HOUR);
        LocalDateTime least = hourApart ? from.toLocalDate().atStartOfDay() : from;
        // The value that stands for null is to be within, which a text that begins with a literal may come after.
        return new KeyCodec(key)
                .valueAt(least)
                .filter(value -> sorts && value.compareTo(PartitionValues.HIVE_DEFAULT) < 0)
                .map(value -> new Moment(key, value));
    }

    private static Optional<WindowStart> atUnits(List<PartitionKey> keys, List<TimeKey> times, LocalDateTime from) {
        List<Integer> numbers = List.of(from.getYear(), from.getMonthValue(), from.getDayOfMonth());
        List<Unit> units = new ArrayList<>();
        for (int unit = TimeKey.YEAR; unit < numbers.size(); unit++) {
            int wanted = unit;
            Optional<PartitionKey> key = IntStream.range(0, keys.size())
                    .filter(i -> times.get(i).unit() == wanted)
                    .mapToObj(keys::get)
                    .findFirst();
            if (key.isEmpty()) {
                break;
            }
            units.add(new Unit(key.get(), "%02d".formatted(numbers.get(unit))));
        }
        return units.isEmpty() ? Optional.empty() : Optional.of(new Units(units));
    }
}
