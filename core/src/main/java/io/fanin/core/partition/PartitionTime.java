package io.fanin.core.partition;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The moment at which a partition's period begins, for tables whose keys are times.
 *
 * <p>A key is a time when it is of type date or timestamp, has a format, or is called {@code year}, {@code month},
 * {@code day}, {@code hour} or {@code minute}. The moment is local: which zone the producer meant is not known.
 */
public final class PartitionTime {

    private static final List<String> UNITS = List.of("year", "month", "day", "hour", "minute");

    private final List<PartitionKey> keys;

    public PartitionTime(List<PartitionKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /** Empty when the keys say no day, or the value is null ({@link PartitionValues#HIVE_DEFAULT}). */
    public Optional<LocalDateTime> of(PartitionValues values) {
        Optional<LocalDateTime> whole = Optional.empty();
        Map<Integer, Integer> units = new TreeMap<>();
        for (int i = 0; i < keys.size(); i++) {
            PartitionKey key = keys.get(i);
            String value = values.values().get(i);
            int unit = UNITS.indexOf(key.name().toLowerCase(Locale.ROOT));
            Optional<LocalDateTime> moment = new KeyCodec(key).momentOf(value);
            if (moment.isPresent()) {
                whole = whole.or(() -> moment);
            } else if (unit >= 0) {
                number(value).ifPresent(n -> units.put(unit, n));
            }
        }
        return whole.isPresent() ? whole.map(day -> refine(day, units)) : fromUnits(units);
    }

    private static LocalDateTime refine(LocalDateTime day, Map<Integer, Integer> units) {
        Integer hour = units.get(3);
        if (hour == null || hour > 23) {
            return day;
        }
        return day.withHour(hour).withMinute(Math.min(units.getOrDefault(4, 0), 59));
    }

    private static Optional<LocalDateTime> fromUnits(Map<Integer, Integer> units) {
        if (!units.containsKey(0)) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDateTime.of(
                    units.get(0),
                    units.getOrDefault(1, 1),
                    units.getOrDefault(2, 1),
                    units.getOrDefault(3, 0),
                    units.getOrDefault(4, 0)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Integer> number(String value) {
        return value.matches("[0-9]{1,4}") ? Optional.of(Integer.valueOf(value)) : Optional.empty();
    }
}
