package io.fanin.model.partition;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Locale;
import java.util.Optional;

/**
 * One key by which a table is partitioned.
 *
 * @param name as Glue knows it; compared without case
 * @param format the format of a time in the prefix, in the letters of {@link java.time.format.DateTimeFormatter}
 *     (Athena's {@code projection.<key>.format}); a {@code /} in it makes the key span several levels of a template. A
 *     format of one field ({@code MM}) is that of one unit of time
 * @param time false if the key is not a time, whatever its name and type are
 * @param interval for the finest of a table's times, how many of its units a period has: with 15, a key for the minute
 *     has the values 00, 15, 30 and 45 (Athena's {@code projection.<key>.interval}); none is the same as 1, but a spec
 *     without one has the table's
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PartitionKey(
        String name, KeyType type, Optional<String> format, Optional<Boolean> time, Optional<Integer> interval) {

    public PartitionKey {
        if (name == null || name.isEmpty()) {
            throw new IllegalArgumentException("a partition key needs a name");
        }
        if (type == null) {
            throw new IllegalArgumentException("partition key '" + name + "' needs a type");
        }
        if (format.isPresent()) {
            requireFormat(name, type, format.get(), time.orElse(true));
        } else if (time.orElse(false) && !isIso(type) && !TimeKey.isUnit(name)) {
            throw new IllegalArgumentException(
                    "partition key '" + name + "' is not a time by its name or type: expected a"
                            + " format such as yyyy/MM/dd, or yyyy, MM, dd or HH, instead of \"time\": true");
        }
        interval.filter(units -> units < 1).ifPresent(units -> {
            throw new IllegalArgumentException("partition key '" + name + "' has the interval " + units
                    + ": expected at least 1, for a period of one unit");
        });
    }

    /** A key without a format, which is a time if its type or name identifies it as one. */
    public PartitionKey(String name, KeyType type) {
        this(name, type, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** A key that is a time in this format. */
    public PartitionKey(String name, KeyType type, String format) {
        this(name, type, Optional.of(format), Optional.empty(), Optional.empty());
    }

    /** The same key, declared not to be a time. */
    public PartitionKey withoutTime() {
        return new PartitionKey(name, type, Optional.empty(), Optional.of(false), Optional.empty());
    }

    /** The same key without an interval. */
    public PartitionKey withoutInterval() {
        return new PartitionKey(name, type, format, time, Optional.empty());
    }

    /** The same key with this interval. */
    public PartitionKey every(int units) {
        return new PartitionKey(name, type, format, time, Optional.of(units));
    }

    /** The name in lower case, by which keys are compared. */
    public String canonicalName() {
        return name.toLowerCase(Locale.ROOT);
    }

    /** The same key with its canonical name, and without an interval of one unit. */
    public PartitionKey canonical() {
        return new PartitionKey(canonicalName(), type, format, time, interval.filter(units -> units > 1));
    }

    /** Whether the spec declares that the key is not a time, whatever its name and type are. */
    public boolean hasNoTime() {
        return !time.orElse(true);
    }

    /** The format of a complete time; empty if the key has none. */
    public Optional<TimePattern> momentFormat() {
        return format.filter(text -> unitFormat().isEmpty()).map(TimePattern::of);
    }

    /** The format of one unit of time; empty if the key has none. */
    Optional<UnitFormat> unitFormat() {
        return isIso(type) ? Optional.empty() : format.flatMap(UnitFormat::of);
    }

    private static boolean isIso(KeyType type) {
        return type == KeyType.DATE || type == KeyType.TIMESTAMP;
    }

    private static void requireFormat(String name, KeyType type, String format, boolean isTime) {
        String key = "partition key '" + name + "' is of type " + type.hiveName();
        if (!isTime && !isIso(type)) {
            throw new IllegalArgumentException(
                    key + ", and has both the format " + format + " and \"time\": false: expected one of them");
        }
        if (!isIso(type) && UnitFormat.of(format).isPresent()) {
            return;
        }
        if (format.length() > TimePattern.LONGEST) {
            throw new IllegalArgumentException(key + ", and its format has " + format.length()
                    + " characters: expected at most " + TimePattern.LONGEST);
        }
        TimePattern pattern = TimePattern.of(format);
        if (type.integerBits().isPresent()) {
            throw new IllegalArgumentException(key + ": only string, date and timestamp keys have a format such as "
                    + format + ", expected one of yyyy, MM, dd, HH and mm, which tells one unit of time");
        }
        if (type == KeyType.DATE && pattern.hasTimeOfDay()) {
            throw new IllegalArgumentException(
                    key + ", and its format " + format + " tells a time of day: make it a timestamp or string key");
        }
    }
}
