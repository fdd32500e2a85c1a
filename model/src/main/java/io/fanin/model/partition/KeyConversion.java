package io.fanin.model.partition;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/** Converts a key's value to another key of the same name. */
record KeyConversion(PartitionKey from, PartitionKey to, KeyCodec read, TimeKey write) {

    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,20}");

    /**
     * The conversion between two keys; empty if the names differ, or the kinds do: times of different precision, or a
     * time and a number. A text without a format is compatible with a date or timestamp in ISO format.
     */
    static Optional<KeyConversion> between(PartitionKey from, PartitionKey to) {
        if (!from.canonicalName().equals(to.canonicalName())) {
            return Optional.empty();
        }
        TimeKey one = TimeKey.of(from);
        TimeKey other = TimeKey.of(to);
        boolean areMoments = one.isMoment() && other.isMoment();
        boolean sameUnit = one.unit() == other.unit() || one.unit() < 0 || other.unit() < 0;
        boolean alike = areMoments
                ? one.unitOfMoment().equals(other.unitOfMoment())
                : one.isMoment() == other.isMoment() || (isTextOrIso(from) && isTextOrIso(to));
        return alike && sameUnit ? Optional.of(new KeyConversion(from, to, one.codec(), other)) : Optional.empty();
    }

    private static boolean isTextOrIso(PartitionKey key) {
        return switch (key.type()) {
            case STRING -> key.format().isEmpty();
            case DATE, TIMESTAMP -> true;
            case TINYINT, SMALLINT, INT, BIGINT -> false;
        };
    }

    /** The converted value; empty if the other key cannot hold it. */
    Optional<String> of(String value) {
        if (value.equals(PartitionValues.HIVE_DEFAULT) || isHeldAlike()) {
            return Optional.of(value);
        }
        boolean isMoment = write.isMoment() && read.pattern().isPresent();
        Optional<String> written =
                isMoment ? read.momentOf(value).flatMap(write::valueAt) : Optional.of(asNumber(value));
        return written.filter(text -> write.codec().whyNot(text).isEmpty());
    }

    /** Glue has all dates, and all timestamps, in one form, whatever their format in a prefix. */
    private boolean isHeldAlike() {
        return from.type() == to.type()
                && (from.type() != KeyType.STRING || from.format().equals(to.format()));
    }

    /**
     * A number becomes text in one form, whatever its own: a unit of time in full width, any other number without
     * leading zeros.
     */
    private String asNumber(String value) {
        if (to.type() != KeyType.STRING || !INTEGER.matcher(value).matches()) {
            return value;
        }
        BigInteger number = new BigInteger(value);
        return write.unit() < 0 ? number.toString() : write.unitFormat().write(number);
    }
}
