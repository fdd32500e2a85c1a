package io.fanin.core.partition;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A key's value as another key of the same name holds it. */
record CarriedValue(PartitionKey from, PartitionKey to, KeyCodec read, TimeKey write) {

    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,20}");

    /** Empty where the names differ, or one is a moment and the other is not, or moments of another precision. */
    static Optional<CarriedValue> between(PartitionKey from, PartitionKey to) {
        TimeKey one = TimeKey.of(from);
        TimeKey other = TimeKey.of(to);
        boolean alike = from.canonicalName().equals(to.canonicalName())
                && one.isMoment() == other.isMoment()
                && (!one.isMoment() || one.unitOfMoment().equals(other.unitOfMoment()));
        return alike ? Optional.of(new CarriedValue(from, to, one.codec(), other)) : Optional.empty();
    }

    /** Empty where the other key cannot hold it. */
    Optional<String> of(String value) {
        if (value.equals(PartitionValues.HIVE_DEFAULT) || isHeldAlike()) {
            return Optional.of(value);
        }
        Optional<String> written =
                write.isMoment() ? read.momentOf(value).flatMap(write::valueAt) : Optional.of(asNumber(value));
        return written.filter(text -> write.codec().whyNot(text).isEmpty());
    }

    /** Glue has dates and timestamps in one form, whatever their format in a prefix. */
    private boolean isHeldAlike() {
        return from.type() == to.type()
                && (from.type() != KeyType.STRING || from.format().equals(to.format()));
    }

    /** A number becomes a text in one form, whichever its own: a unit of time in full width, any other one bare. */
    private String asNumber(String value) {
        if (to.type() != KeyType.STRING || !INTEGER.matcher(value).matches()) {
            return value;
        }
        BigInteger number = new BigInteger(value);
        int unit = write.unit();
        return unit < 0 ? number.toString() : String.format(Locale.ROOT, "%0" + TimeKey.digits(unit) + "d", number);
    }
}
