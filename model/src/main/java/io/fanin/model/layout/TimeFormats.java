package io.fanin.model.layout;

import io.fanin.model.partition.KeyCodec;
import io.fanin.model.partition.KeyCodec.Decoded;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.partition.TimePattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Finds out which keys are times, and in which format, from the texts that they have in prefixes. */
public final class TimeFormats {

    private static final Pattern YEAR_OF_DATA = Pattern.compile("(?:19[7-9]|20[0-9])[0-9].*", Pattern.DOTALL);

    /** Formats of complete times; a text fits at most one of them. */
    private static final List<String> MOMENTS = List.of(
            "yyyy-MM-dd",
            "yyyyMMdd",
            "yyyy/MM/dd",
            "yyyy/MM/dd/HH",
            "yyyy-MM-dd-HH",
            "yyyy-MM-dd/HH",
            "yyyy-MM-dd'T'HH",
            "yyyy-MM-dd HH",
            "yyyyMMddHH",
            "yyyy_MM_dd",
            "yyyy_MM_dd_HH",
            "yyyy.MM.dd",
            "yyyy-MM",
            "yyyy/MM",
            "yyyy-MM-dd HH:mm:ss");

    private static final List<String> UNITS = List.of("year", "month", "day", "hour", "minute");
    /** The patterns of the units from the year down, with all their digits. */
    static final List<String> FULL_WIDTH = List.of("yyyy", "MM", "dd", "HH", "mm");

    private static final List<String> BARE = List.of("yyyy", "M", "d", "H", "m");
    private static final List<Integer> MIN = List.of(1970, 1, 1, 0, 0);
    private static final List<Integer> MAX = List.of(2099, 12, 31, 23, 59);

    /** Other names that people give to keys for a unit. */
    private static final List<Set<String>> ALIASES = List.of(
            Set.of("y", "yr", "yyyy", "yy"),
            Set.of("m", "mon", "mo", "mth"),
            Set.of("d", "dd", "dy", "dom"),
            Set.of("h", "hr", "hh"),
            Set.of("min", "mi"));

    /** Names that tell nothing, such as those that a crawler gives to folders without a name of their own. */
    private static final Pattern NUMBERED = Pattern.compile("(?:partition_|part|p|col|key)[0-9]+");

    private final List<PartitionKey> timed = new ArrayList<>();

    /** The unit that follows what the keys before tell of the time. */
    private int next;

    private TimeFormats() {}

    /**
     * The keys, with formats for those that are times by their texts, and declared not to be times where their names
     * say so and their texts do not, or where a later key repeats them in a finer time: the first complete time is the
     * partition's.
     *
     * @param texts the different texts of each key in prefixes, as they are written there; an empty set if none is
     *     known
     * @return keys of the same names and types; a key that has a format, or says whether it is a time, stays as it is
     */
    public static List<PartitionKey> of(List<PartitionKey> keys, List<Set<String>> texts) {
        TimeFormats formats = new TimeFormats();
        IntStream.range(0, keys.size()).forEach(i -> formats.add(keys.get(i), known(texts.get(i))));
        return IntStream.range(0, keys.size())
                .mapToObj(i -> formats.isRepeated(i, keys, texts)
                        ? formats.timed.get(i).withoutTime()
                        : formats.timed.get(i))
                .toList();
    }

    /** Whether a key that is not declared is the beginning of a later key's time, such as the month of a day. */
    private boolean isRepeated(int key, List<PartitionKey> keys, List<Set<String>> texts) {
        boolean isDeclared =
                keys.get(key).format().isPresent() || keys.get(key).time().isPresent();
        List<String> own = known(texts.get(key));
        // Without a format its texts have to be values, each of one level.
        boolean needsNoFormat = timed.get(key).format().isEmpty()
                || (keys.get(key).type() == KeyType.STRING && own.stream().noneMatch(text -> text.contains("/")));
        return !isDeclared
                && !own.isEmpty()
                && needsNoFormat
                && momentOf(timed.get(key))
                        .filter(coarse -> IntStream.range(key + 1, keys.size())
                                .anyMatch(later -> momentOf(timed.get(later))
                                        .filter(fine -> unitBelow(fine) > unitBelow(coarse))
                                        .filter(fine -> Set.copyOf(own)
                                                .equals(rewritten(known(texts.get(later)), fine, coarse)))
                                        .isPresent()))
                        .isPresent();
    }

    private static Set<String> rewritten(List<String> texts, String fine, String coarse) {
        TimePattern pattern = TimePattern.of(coarse);
        return texts.stream()
                .flatMap(text -> TimePattern.of(fine).read(text).stream())
                .map(pattern::write)
                .collect(Collectors.toSet());
    }

    private static List<String> known(Set<String> texts) {
        return texts.stream()
                .filter(text -> !text.equals(PartitionValues.HIVE_DEFAULT))
                .toList();
    }

    private void add(PartitionKey key, List<String> texts) {
        PartitionKey found = key.format().isPresent() || key.time().isPresent() ? key : found(key, texts);
        timed.add(found);
        momentOf(found).ifPresent(pattern -> next = Math.max(next, unitBelow(pattern)));
    }

    private PartitionKey found(PartitionKey key, List<String> texts) {
        return switch (key.type()) {
            case DATE, TIMESTAMP ->
                areAllValues(key, texts)
                        ? key
                        : moment(key, texts).map(format -> with(key, format)).orElse(key);
            case STRING -> moment(key, texts).map(format -> with(key, format)).orElseGet(() -> unit(key, texts));
            case TINYINT, SMALLINT, INT, BIGINT -> unit(key, texts);
        };
    }

    private static boolean areAllValues(PartitionKey key, List<String> texts) {
        KeyCodec codec = new KeyCodec(key);
        return texts.stream().allMatch(text -> codec.decode(text) instanceof Decoded.Value);
    }

    private static Optional<String> moment(PartitionKey key, List<String> texts) {
        if (texts.isEmpty()
                || !texts.stream().allMatch(text -> YEAR_OF_DATA.matcher(text).matches())) {
            return Optional.empty();
        }
        return MOMENTS.stream()
                .filter(format -> key.type() != KeyType.DATE || !format.contains("H"))
                .filter(format -> {
                    TimePattern pattern = TimePattern.of(format);
                    return texts.stream()
                            .allMatch(text -> pattern.read(text)
                                    .filter(moment -> pattern.write(moment).equals(text))
                                    .isPresent());
                })
                .findFirst();
    }

    private PartitionKey unit(PartitionKey key, List<String> texts) {
        String name = key.canonicalName();
        int named = UNITS.indexOf(name);
        if (named >= 0) {
            return unitByName(key, named, texts);
        }
        boolean mayBe = next < UNITS.size()
                && !texts.isEmpty()
                && (ALIASES.get(next).contains(name) || NUMBERED.matcher(name).matches())
                && areNumbers(next, texts);
        Optional<String> format = mayBe ? unitFormat(key, next, texts) : Optional.empty();
        if (format.isEmpty()) {
            return key;
        }
        next++;
        return with(key, format.get());
    }

    private PartitionKey unitByName(PartitionKey key, int unit, List<String> texts) {
        if (unit != next) {
            return key; // Without the coarser units it is no time.
        }
        if (areNumbers(unit, texts)) {
            next++;
            return key;
        }
        return key.withoutTime();
    }

    /** The format in which all texts are written; for numbers their width does not matter. */
    private static Optional<String> unitFormat(PartitionKey key, int unit, List<String> texts) {
        boolean isFullWidth = texts.stream()
                .allMatch(text -> text.length() == FULL_WIDTH.get(unit).length());
        boolean isBare = texts.stream().noneMatch(text -> text.length() > 1 && text.startsWith("0"));
        if (isFullWidth || key.type() != KeyType.STRING) {
            return Optional.of(FULL_WIDTH.get(unit));
        }
        return isBare ? Optional.of(BARE.get(unit)) : Optional.empty();
    }

    private static boolean areNumbers(int unit, List<String> texts) {
        return texts.stream()
                .allMatch(text ->
                        number(text).stream().anyMatch(number -> number >= MIN.get(unit) && number <= MAX.get(unit)));
    }

    private static OptionalInt number(String text) {
        boolean isNumber = !text.isEmpty() && text.length() <= 4 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    }

    private static PartitionKey with(PartitionKey key, String format) {
        return new PartitionKey(key.name(), key.type(), format);
    }

    private static Optional<String> momentOf(PartitionKey key) {
        return key.hasNoTime() ? Optional.empty() : new KeyCodec(key).pattern().map(TimePattern::pattern);
    }

    /** The first unit that a format lacks. */
    private static int unitBelow(String pattern) {
        Set<Integer> letters = pattern.chars().boxed().collect(Collectors.toSet());
        return IntStream.range(0, FULL_WIDTH.size())
                .filter(unit -> !letters.contains((int) FULL_WIDTH.get(unit).charAt(0)))
                .findFirst()
                .orElse(UNITS.size());
    }
}
