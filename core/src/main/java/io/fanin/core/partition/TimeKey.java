package io.fanin.core.partition;

import java.util.List;

/**
 * What a key says of its partition's period.
 *
 * @param isMoment whether its value is a moment by itself
 * @param unit which of {@link #UNITS} its name says; negative when none
 */
record TimeKey(KeyCodec codec, boolean isMoment, int unit) {

    private static final List<String> UNITS = List.of("year", "month", "day", "hour", "minute");

    static final int YEAR = UNITS.indexOf("year");
    static final int HOUR = UNITS.indexOf("hour");
    static final int MINUTE = UNITS.indexOf("minute");

    static TimeKey of(PartitionKey key) {
        boolean isMoment = key.format().isPresent() || key.type() == KeyType.DATE || key.type() == KeyType.TIMESTAMP;
        return new TimeKey(new KeyCodec(key), isMoment, isMoment ? -1 : UNITS.indexOf(key.canonicalName()));
    }

    /** A number that no unit of time has, where the value is none. */
    static int number(String value) {
        return value.matches("[0-9]{1,4}") ? Integer.parseInt(value) : Integer.MIN_VALUE;
    }
}
