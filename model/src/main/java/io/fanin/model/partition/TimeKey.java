package io.fanin.model.partition;

import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The part of a period's time that a key determines.
 *
 * @param isMoment whether its value alone is a complete time
 * @param unit index in {@link TimeUnits#ALL} of the unit in its format or else its name; negative if it has none
 */
record TimeKey(KeyCodec codec, boolean isMoment, int unit) {

    private static final List<String> UNITS = List.of("year", "month", "day", "hour", "minute");

    static final int YEAR = UNITS.indexOf("year");
    static final int DAY = UNITS.indexOf("day");
    static final int HOUR = UNITS.indexOf("hour");
    static final int MINUTE = UNITS.indexOf("minute");

    static TimeKey of(PartitionKey key) {
        KeyCodec codec = new KeyCodec(key);
        if (key.hasNoTime()) {
            return new TimeKey(codec, false, -1);
        }
        boolean isMoment = codec.pattern().isPresent();
        int named = isMoment ? -1 : unitNamed(key.name());
        return new TimeKey(
                codec, isMoment, key.unitFormat().map(UnitFormat::unit).orElse(named));
    }

    /** Whether keys of this name are a unit of time by default. */
    static boolean isUnit(String name) {
        return unitNamed(name) >= 0;
    }

    static String name(int unit) {
        return UNITS.get(unit);
    }

    private static int unitNamed(String name) {
        return UNITS.indexOf(name.toLowerCase(Locale.ROOT));
    }

    /** Whether its value is a time, or a part of one. */
    boolean isTime() {
        return isMoment || unit >= 0;
    }

    /**
     * The length of the period that its value alone determines; empty for a key that is not a complete time, or has no
     * period.
     */
    Optional<ChronoUnit> unitOfMoment() {
        return codec.pattern()
                .flatMap(pattern -> PartialTime.of(pattern, pattern.levels().size()))
                .map(PartialTime::unit);
    }

    /**
     * The value, as Glue holds it, whose period contains the time: a number in full width or in the key's format, a
     * date, a timestamp, or a text in the key's format.
     *
     * @return empty for a key that is not a time
     */
    Optional<String> valueAt(LocalDateTime moment) {
        if (unit >= 0) {
            return Optional.of(unitFormat().write(moment));
        }
        return codec.pattern()
                .map(pattern -> codec.decode(pattern.write(moment)))
                .flatMap(decoded -> switch (decoded) {
                    case KeyCodec.Decoded.Value(String value) -> Optional.of(value);
                    case KeyCodec.Decoded.Refused refused -> Optional.empty();
                });
    }

    /** The format of the unit's number. */
    UnitFormat unitFormat() {
        return codec.unitFormat().orElseGet(() -> new UnitFormat(unit, digits(unit)));
    }

    /** The maximum number of digits of a unit. */
    static int digits(int unit) {
        return unit == YEAR ? 4 : 2;
    }

    /** The number of the unit; a number that no unit has if the value is not a number. */
    static int number(int unit, String value) {
        boolean isNumber = !value.isEmpty()
                && value.length() <= digits(unit)
                && value.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? Integer.parseInt(value) : Integer.MIN_VALUE;
    }
}
