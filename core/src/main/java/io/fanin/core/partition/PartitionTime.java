package io.fanin.core.partition;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The moment at which a partition's period begins, for tables whose keys are times.
 *
 * <p>A key is a time when it is of type date or timestamp, has a format, or is called {@code year}, {@code month},
 * {@code day}, {@code hour} or {@code minute}. The moment is local: which zone the producer meant is not known.
 */
public final class PartitionTime {

    private static final List<String> UNITS = List.of("year", "month", "day", "hour", "minute");

    private static final int HOUR = UNITS.indexOf("hour");
    private static final int MINUTE = UNITS.indexOf("minute");

    private record Key(KeyCodec codec, boolean isMoment, int unit) {
        static Key of(PartitionKey key) {
            boolean isMoment =
                    key.format().isPresent() || key.type() == KeyType.DATE || key.type() == KeyType.TIMESTAMP;
            return new Key(new KeyCodec(key), isMoment, UNITS.indexOf(key.canonicalName()));
        }
    }

    private final List<Key> keys;

    public PartitionTime(List<PartitionKey> keys) {
        this.keys = keys.stream().map(Key::of).toList();
    }

    /**
     * Empty when the keys say no day, or one of those that say the moment does not: it is null ({@link
     * PartitionValues#HIVE_DEFAULT}), or an hour 25.
     */
    public Optional<LocalDateTime> of(PartitionValues values) {
        Optional<LocalDateTime> whole = Optional.empty();
        Map<Integer, Integer> units = new HashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            Key key = keys.get(i);
            String value = values.values().get(i);
            if (key.isMoment()) {
                Optional<LocalDateTime> moment = key.codec().momentOf(value);
                if (moment.isEmpty()) {
                    return Optional.empty();
                }
                whole = whole.or(() -> moment);
            } else if (key.unit() >= 0) {
                units.put(key.unit(), number(value));
            }
        }
        try {
            return whole.isPresent() ? whole.map(moment -> refine(moment, units)) : fromUnits(units);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static LocalDateTime refine(LocalDateTime moment, Map<Integer, Integer> units) {
        return units.containsKey(HOUR)
                ? moment.withHour(units.get(HOUR)).withMinute(units.getOrDefault(MINUTE, 0))
                : moment;
    }

    private static Optional<LocalDateTime> fromUnits(Map<Integer, Integer> units) {
        return Optional.ofNullable(units.get(0))
                .map(year -> LocalDateTime.of(
                        year,
                        units.getOrDefault(1, 1),
                        units.getOrDefault(2, 1),
                        units.getOrDefault(HOUR, 0),
                        units.getOrDefault(MINUTE, 0)));
    }

    /** A number that no unit of time has, where the value is none. */
    private static int number(String value) {
        return value.matches("[0-9]{1,4}") ? Integer.parseInt(value) : Integer.MIN_VALUE;
    }
}
