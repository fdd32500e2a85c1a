package io.fanin.core.partition;

import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** The periods of a table whose keys are times, as {@link PartitionTime} understands them. */
public final class Periods {

    private final PartitionTime time;
    private final List<TimeKey> keys;

    public Periods(List<PartitionKey> keys) {
        this.time = new PartitionTime(keys);
        this.keys = keys.stream().map(TimeKey::of).toList();
    }

    /**
     * How long a partition's period is: an hour for {@code year, month, day, hour}, for a date with an hour beside it, for
     * the format {@code yyyy/MM/dd/HH}.
     *
     * @return empty where that cannot be told: units between are left out, or a key says seconds, which is when something
     *     happened and no period
     */
    public Optional<ChronoUnit> unit() {
        Optional<TimeKey> moment = keys.stream().filter(TimeKey::isMoment).findFirst();
        return moment.isPresent() ? moment.flatMap(this::unitOfMoment) : unitOfNumbers();
    }

    /**
     * The values of the partition in whose period a moment lies: numbers in full width, dates and timestamps as Glue holds
     * them.
     *
     * @return empty where not all keys are times, or they cannot write this moment
     */
    public Optional<PartitionValues> valuesAt(LocalDateTime moment) {
        List<String> values =
                keys.stream().flatMap(key -> key.valueAt(moment).stream()).toList();
        return values.size() == keys.size()
                ? Optional.of(new PartitionValues(values)).filter(all -> isAt(all, moment))
                : Optional.empty();
    }

    private Optional<ChronoUnit> unitOfMoment(TimeKey key) {
        Optional<ChronoUnit> unit = key.unitOfMoment().filter(own -> own != ChronoUnit.SECONDS);
        if (!isTold(TimeKey.HOUR)) {
            return unit;
        }
        // The key named hour takes the place of the moment's own.
        return unit.filter(own -> own.compareTo(ChronoUnit.DAYS) <= 0)
                .map(own -> isTold(TimeKey.MINUTE) ? ChronoUnit.MINUTES : ChronoUnit.HOURS);
    }

    private Optional<ChronoUnit> unitOfNumbers() {
        int told = 0;
        while (isTold(told)) {
            told++;
        }
        int finest = keys.stream().mapToInt(TimeKey::unit).max().orElse(-1);
        return told > 0 && finest < told ? Optional.of(TimeUnits.ALL.get(told - 1)) : Optional.empty();
    }

    private boolean isTold(int unit) {
        return keys.stream().anyMatch(key -> key.unit() == unit);
    }

    /** Two digits of a year, for instance, may be read as another one's. */
    private boolean isAt(PartitionValues values, LocalDateTime moment) {
        Optional<LocalDateTime> start = time.of(values).filter(first -> !first.isAfter(moment));
        Optional<LocalDateTime> end = start.flatMap(first -> unit().map(unit -> first.plus(1, unit)));
        return start.isPresent() && end.map(moment::isBefore).orElse(true);
    }
}
