package io.fanin.core.partition;

import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a key says of its partition's period.
 *
 * @param isMoment whether its value is a moment by itself
 * @param unit which of {@link TimeUnits#ALL} its format or else its name says; negative when none
 */
record TimeKey(KeyCodec codec, boolean isMoment, int unit) {

    private static final List<String> UNITS = List.of("year", "month", "day", "hour", "minute");

    static final int YEAR = UNITS.indexOf("year");
    static final int DAY = UNITS.indexOf("day");
    static final int HOUR = UNITS.indexOf("hour");
    static final int MINUTE = UNITS.indexOf("minute");

    static TimeKey of(PartitionKey key) {
        KeyCodec codec = new KeyCodec(key);
        if (key.tellsNoTime()) {
            return new TimeKey(codec, false, -1);
        }
        boolean isMoment = codec.pattern().isPresent();
        int named = isMoment ? -1 : unitNamed(key.name());
        return new TimeKey(
                codec, isMoment, key.unitFormat().map(UnitFormat::unit).orElse(named));
    }

    /** Whether keys of this name tell a unit of time where nothing else is said. */
    static boolean isUnit(String name) {
        return unitNamed(name) >= 0;
    }

    static String name(int unit) {
        return UNITS.get(unit);
    }

    private static int unitNamed(String name) {
        return UNITS.indexOf(name.toLowerCase(Locale.ROOT));
    }

    /** Whether its value says a moment, or a part of one. */
    boolean isTime() {
        return isMoment || unit >= 0;
    }

    /** How long the period is that its value says by itself; empty for a key that is no moment, or says none. */
    Optional<ChronoUnit> unitOfMoment() {
        return codec.pattern()
                .flatMap(pattern -> PartialTime.of(pattern, pattern.levels().size()))
                .map(PartialTime::unit);
    }

    /**
     * The value, as Glue holds it, in whose period a moment lies: a number in full width or in the key's format, a date, a
     * timestamp, or a text in the key's format.
     *
     * @return empty for a key that is no time
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

    /** How the number of its unit is written. */
    UnitFormat unitFormat() {
        return codec.unitFormat().orElseGet(() -> new UnitFormat(unit, digits(unit)));
    }

    /** How many digits the number of a unit has at most. */
    static int digits(int unit) {
        return unit == YEAR ? 4 : 2;
    }

    /** The unit's number; one that no unit of time has, where the value is none. */
    static int number(int unit, String value) {
        boolean isNumber = !value.isEmpty()
                && value.length() <= digits(unit)
                && value.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? Integer.parseInt(value) : Integer.MIN_VALUE;
    }
}
