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

    private final List<TimeKey> keys;

    public PartitionTime(List<PartitionKey> keys) {
        this.keys = keys.stream().map(TimeKey::of).toList();
    }

    /** Whether partitions of these keys can say a moment at all. */
    public boolean isTold() {
        return keys.stream().anyMatch(key -> key.isMoment() || key.unit() == TimeKey.YEAR);
    }

    /**
     * Empty when the keys say no day, or one of those that say the moment does not: it is null ({@link
     * PartitionValues#HIVE_DEFAULT}), or an hour 25.
     */
    public Optional<LocalDateTime> of(PartitionValues values) {
        Optional<LocalDateTime> whole = Optional.empty();
        Map<Integer, Integer> units = new HashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            TimeKey key = keys.get(i);
            String value = values.values().get(i);
            if (key.isMoment()) {
                Optional<LocalDateTime> moment = key.codec().momentOf(value);
                if (moment.isEmpty()) {
                    return Optional.empty();
                }
                whole = whole.or(() -> moment);
            } else if (key.unit() >= 0) {
                units.put(key.unit(), TimeKey.number(key.unit(), value));
            }
        }
        try {
            return whole.isPresent() ? whole.map(moment -> refine(moment, units)) : fromUnits(units);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static LocalDateTime refine(LocalDateTime moment, Map<Integer, Integer> units) {
        return units.containsKey(TimeKey.HOUR)
                ? moment.withHour(units.get(TimeKey.HOUR)).withMinute(units.getOrDefault(TimeKey.MINUTE, 0))
                : moment;
    }

    private static Optional<LocalDateTime> fromUnits(Map<Integer, Integer> units) {
        return Optional.ofNullable(units.get(TimeKey.YEAR))
                .map(year -> LocalDateTime.of(
                        year,
                        units.getOrDefault(1, 1),
                        units.getOrDefault(2, 1),
                        units.getOrDefault(TimeKey.HOUR, 0),
                        units.getOrDefault(TimeKey.MINUTE, 0)));
    }
}
