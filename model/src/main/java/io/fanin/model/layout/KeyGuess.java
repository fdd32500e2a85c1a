package io.fanin.model.layout;

import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.table.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Keys for folders that no table describes yet.
 *
 * @param above the names of folders that all paths begin with and that belong to no key
 * @param layout of the folders below these
 * @param isNamed whether the folders tell the names of all keys
 */
public record KeyGuess(List<String> above, KeyedLayout layout, boolean isNamed) {

    private static final Pattern ISO_DATE = Pattern.compile("(?:19|20)[0-9]{2}-[01][0-9]-[0-3][0-9]");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("0|[1-9][0-9]{0,8}");
    private static final Pattern PADDED_NUMBER = Pattern.compile("[0-9]{1,4}");
    private static final Set<String> UNITS = Set.of("year", "month", "day", "hour", "minute");

    private static final String TIME_KEY = "dt";

    public KeyGuess {
        above = List.copyOf(above);
    }

    /**
     * The keys of these paths.
     *
     * @param paths the names of folders, all of the same number; at least one path
     * @return empty if no level tells partitions apart
     */
    public static Optional<KeyGuess> of(List<List<String>> paths) {
        int depth = paths.getFirst().size();
        int first = 0;
        while (first < depth && isConstant(paths, first)) {
            first++;
        }
        List<PartitionKey> keys = new ArrayList<>();
        List<String> template = new ArrayList<>();
        boolean isNamed = true;
        for (int level = first; level < depth; ) {
            Set<String> names = names(paths, level);
            Optional<String> name = keyName(names);
            int levels = timeLevels(paths, level, depth);
            PartitionKey key;
            if (name.isPresent()) {
                key = new PartitionKey(name.get(), type(name.get(), values(names)));
                template.add(name.get() + "=${" + name.get() + "}");
                levels = 1;
            } else if (levels > 1) {
                key = new PartitionKey(
                        unused(TIME_KEY, keys),
                        levels == 3 ? KeyType.DATE : KeyType.STRING,
                        String.join("/", LayoutCandidates.TIME_LEVELS.subList(0, levels)));
                template.add("${" + key.name() + "}");
            } else {
                boolean isDate =
                        names.stream().allMatch(one -> ISO_DATE.matcher(one).matches());
                key = isDate
                        ? new PartitionKey(unused(TIME_KEY, keys), KeyType.DATE)
                        : new PartitionKey(unused("key", keys), KeyType.STRING);
                template.add("${" + key.name() + "}");
                levels = 1;
            }
            isNamed &= name.isPresent();
            keys.add(key);
            level += levels;
        }
        return keys.isEmpty() ? Optional.empty() : guess(paths.getFirst().subList(0, first), keys, template, isNamed);
    }

    private static Optional<KeyGuess> guess(
            List<String> above, List<PartitionKey> keys, List<String> template, boolean isNamed) {
        boolean areUnique =
                keys.stream().map(PartitionKey::canonicalName).distinct().count() == keys.size();
        KeyedLayout layout = new KeyedLayout(isNamed ? TableDefinition.HIVE_LAYOUT : String.join("/", template), keys);
        return areUnique && layout.whyNot().isEmpty()
                ? Optional.of(new KeyGuess(above, layout, isNamed))
                : Optional.empty();
    }

    /** Whether a level has one name, which is neither {@code key=value} nor a year. */
    private static boolean isConstant(List<List<String>> paths, int level) {
        Set<String> names = names(paths, level);
        String name = names.iterator().next();
        return names.size() == 1
                && name.indexOf('=') <= 0
                && !LayoutCandidates.TIME_NAMES.getFirst().matcher(name).matches()
                && !ISO_DATE.matcher(name).matches();
    }

    private static Set<String> names(List<List<String>> paths, int level) {
        return paths.stream().map(path -> path.get(level)).collect(Collectors.toSet());
    }

    private static Optional<String> keyName(Set<String> names) {
        return LayoutCandidates.nameOfAll(names)
                .filter(name -> name.matches("[A-Za-z0-9_]+"))
                .map(name -> name.toLowerCase(Locale.ROOT));
    }

    private static List<String> values(Set<String> names) {
        return names.stream().map(name -> name.substring(name.indexOf('=') + 1)).toList();
    }

    private static KeyType type(String name, List<String> values) {
        if (values.stream().allMatch(value -> ISO_DATE.matcher(value).matches())) {
            return KeyType.DATE;
        }
        Pattern number = UNITS.contains(name) ? PADDED_NUMBER : WHOLE_NUMBER;
        return values.stream().allMatch(value -> number.matcher(value).matches()) ? KeyType.INT : KeyType.STRING;
    }

    /**
     * The number of levels from this one on that are a date and perhaps its hours, and not its week; 0 if they are
     * none.
     */
    private static int timeLevels(List<List<String>> paths, int level, int depth) {
        int levels = 0;
        while (levels < LayoutCandidates.TIME_LEVELS.size()
                && level + levels < depth
                && isTime(names(paths, level + levels), levels)) {
            levels++;
        }
        return levels;
    }

    private static boolean isTime(Set<String> names, int unit) {
        Pattern time = LayoutCandidates.TIME_NAMES.get(unit);
        return names.stream().allMatch(name -> time.matcher(name).matches());
    }

    private static String unused(String name, List<PartitionKey> keys) {
        String unused = name;
        for (int number = 2; isUsed(unused, keys); number++) {
            unused = name + number;
        }
        return unused;
    }

    private static boolean isUsed(String name, List<PartitionKey> keys) {
        return keys.stream().anyMatch(key -> key.name().equals(name));
    }
}
