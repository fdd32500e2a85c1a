package io.fanin.core.partition;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Which of a table's keys tell the moment at which a partition's period begins: the first that is a moment by itself, and
 * those that tell a unit each, from the year or from what the moment leaves open on, without a gap. A key that tells the hour
 * takes the place of the moment's own.
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
        this.firstUnit = moment.isPresent() ? unitBelow(this.keys.get(moment.getAsInt())) : TimeKey.YEAR;
        int unit = firstUnit;
        while (anyOf(unit).isPresent()) {
            unit++;
        }
        this.end = unit;
    }

    List<TimeKey> all() {
        return keys;
    }

    /** Whether they tell a moment at all. */
    boolean isTold() {
        return moment.isPresent() || tellsUnits();
    }

    /** The index of the key that is a moment by itself. */
    OptionalInt moment() {
        return moment;
    }

    /** The coarsest unit that a key of its own tells. */
    int firstUnit() {
        return firstUnit;
    }

    /** The unit after the finest that a key of its own tells; {@link #firstUnit} where none does. */
    int end() {
        return end;
    }

    /** Whether there are keys that tell a unit each. */
    boolean tellsUnits() {
        return end > firstUnit;
    }

    /** The index of the key that tells a unit; empty where none does, or it is not part of the moment. */
    OptionalInt keyOf(int unit) {
        return unit >= firstUnit && unit < end ? anyOf(unit) : OptionalInt.empty();
    }

    /** Whether some key tells a unit that is not part of the moment, because a coarser one is missing. */
    boolean hasGap() {
        return keys.stream().anyMatch(key -> key.unit() > end);
    }

    private OptionalInt anyOf(int unit) {
        return IntStream.range(0, keys.size())
                .filter(i -> keys.get(i).unit() == unit)
                .findFirst();
    }

    private static int unitBelow(TimeKey moment) {
        return moment.unitOfMoment()
                .filter(unit -> unit.compareTo(ChronoUnit.DAYS) > 0)
                .map(unit -> TimeUnits.ALL.indexOf(unit) + 1)
                .orElse(TimeKey.HOUR);
    }
}
