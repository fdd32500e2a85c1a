package io.fanin.model.partition;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** The periods of a table whose keys are times, as {@link PartitionTime} reads them. */
public final class Periods {

    private final List<PartitionKey> names;
    private final PartitionTime time;
    private final TimeKeys keys;

    public Periods(List<PartitionKey> keys) {
        this.names = List.copyOf(keys);
        this.time = new PartitionTime(keys);
        this.keys = new TimeKeys(keys);
    }

    /**
     * The length of a table's periods: as many units as the interval of the finest key says. Such periods begin with
     * the next coarser unit, quarters of an hour with the hour.
     */
    public record Length(ChronoUnit unit, int interval) implements TemporalUnit {

        private static final Map<ChronoUnit, ChronoField> PLACES = Map.of(
                ChronoUnit.MINUTES, ChronoField.MINUTE_OF_HOUR,
                ChronoUnit.HOURS, ChronoField.HOUR_OF_DAY,
                ChronoUnit.MONTHS, ChronoField.MONTH_OF_YEAR);

        /**
         * The field for the place of a unit in the next coarser one; empty for a unit of which several are no period.
         */
        public static Optional<ChronoField> place(ChronoUnit unit) {
            return Optional.ofNullable(PLACES.get(unit));
        }

        /** Whether periods of this length begin at the same places of each coarser unit. */
        boolean isRegular() {
            return interval == 1
                    || place(unit)
                            .map(place ->
                                    place.range().getMaximum() - place.range().getMinimum() + 1)
                            .filter(units -> interval < units && units % interval == 0)
                            .isPresent();
        }

        /** The beginning of the period that contains the time. */
        public LocalDateTime begin(LocalDateTime moment) {
            return TimeUnits.ORIGIN.plus(between(TimeUnits.ORIGIN, TimeUnits.first(moment, unit)), this);
        }

        @Override
        public Duration getDuration() {
            return unit.getDuration().multipliedBy(interval);
        }

        @Override
        public boolean isDurationEstimated() {
            return unit.isDurationEstimated();
        }

        @Override
        public boolean isDateBased() {
            return unit.isDateBased();
        }

        @Override
        public boolean isTimeBased() {
            return unit.isTimeBased();
        }

        @Override
        public <R extends Temporal> R addTo(R temporal, long amount) {
            return unit.addTo(temporal, Math.multiplyExact(amount, interval));
        }

        @Override
        public long between(Temporal first, Temporal second) {
            return Math.floorDiv(unit.between(first, second), interval);
        }

        /** In words, such as {@code 15 minutes}. */
        @Override
        public String toString() {
            String units = unit.toString().toLowerCase(Locale.ROOT);
            return interval == 1 ? units : interval + " " + units;
        }
    }

    /** The length of a partition's period; empty if it is undetermined, see {@link #unit}. */
    public Optional<Length> length() {
        return unit().map(unit -> stated().map(interval -> new Length(unit, interval))
                .filter(Length::isRegular)
                .orElseGet(() -> new Length(unit, 1)));
    }

    private Optional<Integer> stated() {
        return keys.finest().isPresent() ? names.get(keys.finest().getAsInt()).interval() : Optional.empty();
    }

    /** The reason why the keys cannot have their intervals; empty if they can. */
    public Optional<String> whyNoInterval() {
        return IntStream.range(0, names.size())
                .filter(i -> names.get(i).canonical().interval().isPresent())
                .mapToObj(i -> whyNoInterval(names.get(i), keys.finest().equals(OptionalInt.of(i))))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<String> whyNoInterval(PartitionKey key, boolean isFinest) {
        int interval = key.interval().orElseThrow();
        boolean isRegular = isFinest
                && unit().filter(unit -> new Length(unit, interval).isRegular()).isPresent();
        return isRegular
                ? Optional.empty()
                : Optional.of("the key '" + key.name() + "' has the interval " + interval
                        + ": expected it at the key of the finest unit, of minutes a divisor of 60, of hours one of 24,"
                        + " of months one of 12");
    }

    /**
     * The unit of a partition's period: an hour for {@code year, month, day, hour}, for a date with a separate hour,
     * and for the format {@code yyyy/MM/dd/HH}.
     *
     * @return empty if undetermined: intermediate units are missing, or a key contains seconds, which indicates the
     *     time of an event rather than a period
     */
    public Optional<ChronoUnit> unit() {
        return finest().filter(unit -> unit != ChronoUnit.SECONDS && !keys.hasGap());
    }

    /**
     * The beginning of the period that contains the time: of the finest unit down to which the keys determine the time
     * of partitions, even if that is no period by {@link #unit}; the time itself if they determine none.
     */
    public LocalDateTime begin(LocalDateTime moment) {
        return length().map(length -> length.begin(moment))
                .or(() -> finest().map(unit -> TimeUnits.first(moment, unit)))
                .orElse(moment);
    }

    private Optional<ChronoUnit> finest() {
        Optional<ChronoUnit> ofMoment = keys.moment().isPresent()
                ? keys.all().get(keys.moment().getAsInt()).unitOfMoment()
                : Optional.of(ChronoUnit.FOREVER);
        Optional<ChronoUnit> finest =
                keys.hasUnits() ? ofMoment.map(any -> TimeUnits.ALL.get(keys.end() - 1)) : ofMoment;
        return finest.filter(unit -> unit != ChronoUnit.FOREVER);
    }

    /**
     * The values of the partition whose period contains the time: numbers in full width, dates and timestamps as Glue
     * holds them.
     *
     * @return empty if some key is not a time, or the keys cannot represent this time
     */
    public Optional<PartitionValues> valuesAt(LocalDateTime moment) {
        LocalDateTime first = length().filter(known -> known.interval() > 1)
                .map(known -> known.begin(moment))
                .orElse(moment);
        List<String> values =
                keys.all().stream().flatMap(key -> key.valueAt(first).stream()).toList();
        return values.size() == keys.all().size()
                ? Optional.of(new PartitionValues(values)).filter(all -> isAt(all, moment))
                : Optional.empty();
    }

    /** The values may represent another time: a year in two digits, for instance, is ambiguous. */
    private boolean isAt(PartitionValues values, LocalDateTime moment) {
        Optional<LocalDateTime> start = time.of(values).filter(first -> !first.isAfter(moment));
        Optional<LocalDateTime> end = start.flatMap(first -> length().map(length -> first.plus(1, length)));
        return start.isPresent() && end.map(moment::isBefore).orElse(true);
    }
}
