package io.fanin.model.partition;

import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** The periods of a table whose keys are times, as {@link PartitionTime} reads them. */
public final class Periods {

    private final PartitionTime time;
    private final TimeKeys keys;

    public Periods(List<PartitionKey> keys) {
        this.time = new PartitionTime(keys);
        this.keys = new TimeKeys(keys);
    }

    /**
     * The length of a partition's period: an hour for {@code year, month, day, hour}, for a date with a separate hour,
     * and for the format {@code yyyy/MM/dd/HH}.
     *
     * @return empty if undetermined: intermediate units are missing, or a key contains seconds, which indicates the
     *     time of an event rather than a period
     */
    public Optional<ChronoUnit> unit() {
        return finest().filter(unit -> unit != ChronoUnit.SECONDS && !keys.hasGap());
    }

    /**
     * The beginning of the period that contains the time: of the finest unit down to which the keys determine the time of
     * partitions, even if that is no period by {@link #unit}; the time itself if they determine none.
     */
    public LocalDateTime begin(LocalDateTime moment) {
        return finest().map(unit -> TimeUnits.first(moment, unit)).orElse(moment);
    }

    private Optional<ChronoUnit> finest() {
        Optional<ChronoUnit> ofMoment = keys.moment().isPresent()
                ? keys.all().get(keys.moment().getAsInt()).unitOfMoment()
                : Optional.of(ChronoUnit.FOREVER);
        Optional<ChronoUnit> finest =
                keys.tellsUnits() ? ofMoment.map(any -> TimeUnits.ALL.get(keys.end() - 1)) : ofMoment;
        return finest.filter(unit -> unit != ChronoUnit.FOREVER);
    }

    /**
     * The values of the partition whose period contains the time: numbers in full width, dates and timestamps as Glue
     * holds them.
     *
     * @return empty if some key is not a time, or the keys cannot represent this time
     */
    public Optional<PartitionValues> valuesAt(LocalDateTime moment) {
        List<String> values =
                keys.all().stream().flatMap(key -> key.valueAt(moment).stream()).toList();
        return values.size() == keys.all().size()
                ? Optional.of(new PartitionValues(values)).filter(all -> isAt(all, moment))
                : Optional.empty();
    }

    /** The values may represent another time: a year in two digits, for instance, is ambiguous. */
    private boolean isAt(PartitionValues values, LocalDateTime moment) {
        Optional<LocalDateTime> start = time.of(values).filter(first -> !first.isAfter(moment));
        Optional<LocalDateTime> end = start.flatMap(first -> unit().map(unit -> first.plus(1, unit)));
        return start.isPresent() && end.map(moment::isBefore).orElse(true);
    }
}
