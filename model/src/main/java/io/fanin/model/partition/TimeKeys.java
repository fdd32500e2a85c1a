package io.fanin.model.partition;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The keys of a table that determine when a partition's period begins: the first that is a complete time, and those for
 * one unit each, without a gap, starting from the year or from the first unit that the complete time lacks. A key for
 * the hour overrides the hour of the complete time.
 */
final class TimeKeys {

    private final List<TimeKey> keys;
    private final OptionalInt moment;
    private final int firstUnit;
    private final int end;

    TimeKeys(List<PartitionKey> keys) {
        this.keys = keys.stream().map(TimeKey::of).toList();
        this.moment = IntStream.range(0, keys.size())
                .filter(i -> this.keys.get(i).isMoment())
                .findFirst();
        this.firstUnit = moment.isPresent() ? firstUnit(this.keys.get(moment.getAsInt())) : TimeKey.YEAR;
        int unit = firstUnit;
        while (anyOf(unit).isPresent()) {
            unit++;
        }
        this.end = unit;
    }

    List<TimeKey> all() {
        return keys;
    }

    /** Whether the keys determine a time. */
    boolean hasTime() {
        return moment.isPresent() || hasUnits();
    }

    /** The index of the key that is a complete time. */
    OptionalInt moment() {
        return moment;
    }

    /** The coarsest unit with a key of its own. */
    int firstUnit() {
        return firstUnit;
    }

    /** The unit after the finest one with a key of its own; {@link #firstUnit} if there is none. */
    int end() {
        return end;
    }

    /** Whether there are keys for single units. */
    boolean hasUnits() {
        return end > firstUnit;
    }

    /** The index of the key for a unit; empty if there is none, or it is not part of the time. */
    OptionalInt keyOf(int unit) {
        return unit >= firstUnit && unit < end ? anyOf(unit) : OptionalInt.empty();
    }

    /** Whether some key is for a unit that is not part of the time, because a coarser one is missing. */
    boolean hasGap() {
        return keys.stream().anyMatch(key -> key.unit() > end);
    }

    /** The index of the key that tells the finest unit; empty if none tells a time. */
    OptionalInt finest() {
        return hasUnits() ? keyOf(end - 1) : moment;
    }

    private OptionalInt anyOf(int unit) {
        return IntStream.range(0, keys.size())
                .filter(i -> keys.get(i).unit() == unit)
                .findFirst();
    }

    /** A key for the hour overrides the hour of a moment; without one, minutes refine a moment of hours. */
    private int firstUnit(TimeKey moment) {
        boolean isOfHours =
                moment.unitOfMoment().filter(ChronoUnit.HOURS::equals).isPresent();
        return isOfHours && anyOf(TimeKey.HOUR).isEmpty() ? TimeKey.HOUR + 1 : unitBelow(moment);
    }

    private static int unitBelow(TimeKey moment) {
        return moment.unitOfMoment()
                .filter(unit -> unit.compareTo(ChronoUnit.DAYS) > 0)
                .map(unit -> TimeUnits.ALL.indexOf(unit) + 1)
                .orElse(TimeKey.HOUR);
    }
}
