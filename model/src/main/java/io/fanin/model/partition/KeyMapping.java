package io.fanin.model.partition;

import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Maps the values of a source's keys to those of a table's. Keys of the same name keep their values; the table's other
 * keys are times, and are derived from the time that all time keys of the source determine together. The time is not
 * converted: no time zone is known on either side.
 */
public final class KeyMapping {

    /** The result of mapping values. */
    public sealed interface Mapped {
        record Values(PartitionValues values) implements Mapped {}

        /** They cannot be expressed in the other keys; {@code why} is for people. */
        record Refused(String why) implements Mapped {}
    }

    /** The origin of a key's value. */
    private sealed interface Origin {

        /** A key of the other side. */
        record Same(int index, KeyConversion value) implements Origin {}

        /** The time that the other side's keys determine. */
        record Moment(TimeKey key) implements Origin {}
    }

    private final List<PartitionKey> from;
    private final List<PartitionKey> to;
    private final List<Origin> origins;
    private final PartitionTime fromTime;
    private final PartitionTime toTime;

    private KeyMapping(List<PartitionKey> from, List<PartitionKey> to) {
        this.from = List.copyOf(from);
        this.to = List.copyOf(to);
        this.origins = to.stream().map(key -> origin(from, key)).toList();
        this.fromTime = new PartitionTime(from);
        this.toTime = new PartitionTime(to);
    }

    /**
     * The mapping of a source's values to a table's.
     *
     * @throws IllegalArgumentException if some of the table's keys cannot be derived from the source's, or several
     *     prefixes of the source would be one partition of the table; the message says which and why
     */
    public static KeyMapping of(List<PartitionKey> source, List<PartitionKey> table) {
        requireDerivable(source, table);
        requireApart(source, table);
        KeyMapping mapping = new KeyMapping(source, table);
        boolean needsMoment =
                mapping.needsMoment() || IntStream.range(0, source.size()).anyMatch(i -> !isCarried(source, table, i));
        if (needsMoment) {
            requireSamePeriod(source, table);
        }
        return mapping;
    }

    /** The inverse mapping, from a table's values to the source's, with numbers in full width. */
    public KeyMapping inverse() {
        return new KeyMapping(to, from);
    }

    /**
     * Whether the period of values on this side contains the one of the values that they are mapped to: it is the same,
     * or a longer one that the first of the same keys tell.
     */
    public boolean keepsTime() {
        List<String> names = fromTime.timeNames();
        List<String> mapped = toTime.timeNames();
        return needsMoment()
                || (!names.isEmpty() && names.size() <= mapped.size() && names.equals(mapped.subList(0, names.size())));
    }

    /** The values in the other side's keys. */
    public Mapped map(PartitionValues values) {
        Optional<LocalDateTime> moment = needsMoment() ? fromTime.of(values) : Optional.empty();
        if (needsMoment() && moment.isEmpty()) {
            return new Mapped.Refused(
                    values.nameFor(from) + " is not a time, and " + names(to) + " cannot be written without one");
        }
        List<String> mapped = new ArrayList<>();
        for (int i = 0; i < to.size(); i++) {
            Optional<String> value = switch (origins.get(i)) {
                case Origin.Same(int index, KeyConversion conversion) ->
                    conversion.of(values.values().get(index));
                case Origin.Moment(TimeKey key) -> key.valueAt(moment.orElseThrow());
            };
            if (value.isEmpty()) {
                return new Mapped.Refused(values.nameFor(from) + " has no value for the key "
                        + to.get(i).name() + " of type " + to.get(i).type().hiveName());
            }
            mapped.add(value.get());
        }
        PartitionValues written = new PartitionValues(mapped);
        return moment.filter(known -> !isReadAs(written, known))
                .<Mapped>map(known -> new Mapped.Refused(
                        "the moment " + known + " is written " + written.nameFor(to) + ", which says another one"))
                .orElseGet(() -> new Mapped.Values(written));
    }

    /** The result of mapping back may differ from the original: a year in two digits, for instance, is ambiguous. */
    private boolean isReadAs(PartitionValues written, LocalDateTime moment) {
        return !toTime.hasTime() || toTime.of(written).equals(Optional.of(moment));
    }

    private boolean needsMoment() {
        return origins.stream().anyMatch(Origin.Moment.class::isInstance);
    }

    private static Origin origin(List<PartitionKey> from, PartitionKey key) {
        return IntStream.range(0, from.size())
                .boxed()
                .flatMap(i -> KeyConversion.between(from.get(i), key).stream().map(value -> new Origin.Same(i, value)))
                .findFirst()
                .<Origin>map(same -> same)
                .orElseGet(() -> new Origin.Moment(TimeKey.of(key)));
    }

    private static void requireDerivable(List<PartitionKey> source, List<PartitionKey> table) {
        for (PartitionKey key : table) {
            if (origin(source, key) instanceof Origin.Moment(TimeKey time) && !time.isTime()) {
                throw new IllegalArgumentException(unlike(source, key.name(), table)
                        .orElseGet(() -> "the table's key '" + key.name() + "' is neither one of the source's "
                                + names(source) + " nor a time that these could say"));
            }
        }
    }

    private static void requireApart(List<PartitionKey> source, List<PartitionKey> table) {
        boolean momentSeen = false;
        for (int i = 0; i < source.size(); i++) {
            String name = source.get(i).name();
            TimeKey time = TimeKey.of(source.get(i));
            boolean addsToMoment = time.isMoment() ? !momentSeen : time.isTime();
            momentSeen |= time.isMoment();
            if (!addsToMoment && !isCarried(source, table, i)) {
                throw new IllegalArgumentException(unlike(source, name, table)
                        .orElseGet(() -> "the source's key '" + name + "' is none of the table's " + names(table)
                                + ": several of its prefixes would be one partition"));
            }
        }
    }

    /** The error for a key that both sides have, in forms that cannot be converted into each other. */
    private static Optional<String> unlike(List<PartitionKey> source, String name, List<PartitionKey> table) {
        return named(source, name)
                .flatMap(one -> named(table, name)
                        .map(other -> "the key '" + name + "' is " + kind(one) + " in the source and " + kind(other)
                                + " in the table, which cannot be converted"));
    }

    private static Optional<PartitionKey> named(List<PartitionKey> keys, String name) {
        return keys.stream().filter(key -> key.name().equalsIgnoreCase(name)).findFirst();
    }

    private static String kind(PartitionKey key) {
        return key.type().hiveName()
                + key.format().map(format -> " in the format " + format).orElse("");
    }

    private static boolean isCarried(List<PartitionKey> source, List<PartitionKey> table, int index) {
        return table.stream()
                .anyMatch(key -> KeyConversion.between(source.get(index), key).isPresent());
    }

    private static void requireSamePeriod(List<PartitionKey> source, List<PartitionKey> table) {
        Optional<ChronoUnit> ofSource = new Periods(source).unit();
        Optional<ChronoUnit> ofTable = new Periods(table).unit();
        if (ofSource.isEmpty() || !ofSource.equals(ofTable)) {
            throw new IllegalArgumentException("the source's keys " + names(source) + " tell " + period(source)
                    + ", and the table's " + names(table) + " " + period(table) + ": expected the same");
        }
    }

    private static String period(List<PartitionKey> keys) {
        return new Periods(keys)
                .unit()
                .map(one -> one.toString().toLowerCase(Locale.ROOT))
                .orElse("no period");
    }

    private static List<String> names(List<PartitionKey> keys) {
        return keys.stream().map(PartitionKey::name).toList();
    }
}
