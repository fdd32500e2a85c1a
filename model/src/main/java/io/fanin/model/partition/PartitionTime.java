package io.fanin.model.partition;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The time at which a partition's period begins, for tables whose keys are times.
 *
 * <p>A key is a time if it is of type date or timestamp, has a format, or is called {@code year}, {@code month},
 * {@code day}, {@code hour} or {@code minute}, unless it is declared not to be one. The time is local, in the zone of
 * the keys.
 */
public final class PartitionTime {

    private final List<PartitionKey> names;
    private final TimeKeys keys;

    public PartitionTime(List<PartitionKey> keys) {
        this.names = List.copyOf(keys);
        this.keys = new TimeKeys(keys);
    }

    /** Whether a key's value is a time, or a part of one. */
    public static boolean isTime(PartitionKey key) {
        return TimeKey.of(key).isTime();
    }

    /** Whether these keys determine a time. */
    public boolean hasTime() {
        return keys.hasTime();
    }

    /** Whether no other key distinguishes partitions of the same time, so that each period has one. */
    public boolean isOfAllKeys() {
        return hasTime() && timeNames().size() == names.size();
    }

    /** The first key whose format is for a unit of time that is not used, because no key contains a coarser one. */
    public Optional<PartitionKey> idle() {
        return IntStream.range(0, names.size())
                .filter(i -> names.get(i).unitFormat().isPresent()
                        && keys.all().get(i).unit() >= keys.end())
                .mapToObj(names::get)
                .findFirst();
    }

    /** The names of the keys that determine the time together, from the coarsest on. */
    List<String> timeNames() {
        return IntStream.concat(
                        keys.moment().stream(),
                        IntStream.range(keys.firstUnit(), keys.end())
                                .map(unit -> keys.keyOf(unit).orElseThrow()))
                .mapToObj(i -> names.get(i).canonicalName())
                .toList();
    }

    /**
     * The time; empty if the keys contain no day, or a value that should determine the time is not valid: it is null
     * ({@link PartitionValues#HIVE_DEFAULT}), or an hour 25; or if there are not as many values as keys.
     */
    public Optional<LocalDateTime> of(PartitionValues values) {
        if (values.values().size() != names.size()) {
            return Optional.empty();
        }
        Optional<LocalDateTime> whole = Optional.empty();
        for (int i = 0; i < names.size(); i++) {
            TimeKey key = keys.all().get(i);
            if (key.isMoment()) {
                Optional<LocalDateTime> moment =
                        key.codec().momentOf(values.values().get(i));
                if (moment.isEmpty()) {
                    return Optional.empty();
                }
                whole = whole.or(() -> moment);
            }
        }
        return keys.hasUnits() ? refined(whole.map(this::withoutUnits).orElse(TimeUnits.ORIGIN), values) : whole;
    }

    /**
     * Whether values have a word, such as {@code latest}, for a time that other values of the same partition have. A
     * time in another form is no word, nor is null.
     */
    public boolean isAlias(PartitionValues word, PartitionValues of) {
        return of(of).isPresent()
                && of(word).isEmpty()
                && word.values().size() == names.size()
                && IntStream.range(0, names.size())
                        .filter(i -> keys.all().get(i).isTime())
                        .mapToObj(word.values()::get)
                        .anyMatch(value -> !value.equals(PartitionValues.HIVE_DEFAULT)
                                && value.chars().noneMatch(Character::isDigit));
    }

    /**
     * The reason why a value is invalid for its key, if the value is read as part of a time.
     *
     * @param key its index
     * @return the expected form, for a person to read; empty if it is valid or null, or the key is not a time
     */
    public Optional<String> whyNot(int key, String value) {
        int unit = keys.all().get(key).unit();
        OptionalInt timeKey = keys.keyOf(unit);
        boolean isRead =
                timeKey.isPresent() && timeKey.getAsInt() == key && !value.equals(PartitionValues.HIVE_DEFAULT);
        return isRead && !TimeUnits.isNumber(unit, TimeKey.number(unit, value))
                ? Optional.of("'" + value + "' is not a value of key "
                        + names.get(key).name() + ", which holds the " + TimeUnits.described(unit)
                        + " (a key with \"time\": false is plain text)")
                : Optional.empty();
    }

    /** The reason why all values together are not a time: there is no 30 February. */
    public Optional<String> whyNot(PartitionValues values) {
        Optional<String> single = IntStream.range(0, names.size())
                .mapToObj(i -> whyNot(i, values.values().get(i)))
                .flatMap(Optional::stream)
                .findFirst();
        boolean isMoment = !hasTime()
                || values.values().contains(PartitionValues.HIVE_DEFAULT)
                || of(values).isPresent();
        return single.isPresent() || isMoment
                ? single
                : Optional.of("'" + shown(values) + "' is not a day of the calendar");
    }

    private String shown(PartitionValues values) {
        return IntStream.range(0, names.size())
                .filter(i -> keys.all().get(i).isTime())
                .mapToObj(i -> names.get(i).name() + "=" + values.values().get(i))
                .collect(Collectors.joining("/"));
    }

    /** The beginning of the unit above those that have keys of their own. */
    private LocalDateTime withoutUnits(LocalDateTime moment) {
        return TimeUnits.first(moment, TimeUnits.ALL.get(keys.firstUnit() - 1));
    }

    private Optional<LocalDateTime> refined(LocalDateTime from, PartitionValues values) {
        LocalDateTime start = from;
        try {
            for (int unit = keys.firstUnit(); unit < keys.end(); unit++) {
                String value = values.values().get(keys.keyOf(unit).orElseThrow());
                start = TimeUnits.with(start, unit, TimeKey.number(unit, value));
            }
            return Optional.of(start);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
