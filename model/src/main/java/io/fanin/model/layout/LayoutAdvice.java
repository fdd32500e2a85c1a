package io.fanin.model.layout;

import io.fanin.model.partition.PartitionKey;
import io.fanin.model.table.TableDefinition;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Proposes a layout for prefixes that do not fit a table's own. */
public final class LayoutAdvice {

    private LayoutAdvice() {}

    /**
     * Another layout that these names fit. Only their level is known, so deeper ones may still differ.
     *
     * @param layout that none of the names fits
     * @param names of folders directly below the table's location; at least one
     * @return empty if no layout of the keys fits them all
     */
    public static Optional<String> proposal(String layout, List<PartitionKey> keys, List<String> names) {
        return candidates(keys, names.getFirst())
                .filter(candidate -> !candidate.equals(layout))
                .filter(candidate -> isFit(candidate, keys, names))
                .findFirst();
    }

    private static Stream<String> candidates(List<PartitionKey> keys, String name) {
        int sign = name.indexOf('=');
        return sign < 0
                ? Stream.of(keys.stream().map(LayoutAdvice::value).collect(Collectors.joining("/")))
                : Stream.of(TableDefinition.HIVE_LAYOUT, beginningWith(name.substring(0, sign), keys));
    }

    /** Hive's layout, whose first level has another name, or belongs to another key. */
    private static String beginningWith(String name, List<PartitionKey> keys) {
        PartitionKey first = keys.stream()
                .filter(key -> key.canonicalName().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseGet(keys::getFirst);
        return Stream.concat(
                        Stream.of(name + "=" + value(first)),
                        keys.stream().filter(key -> !key.equals(first)).map(key -> key.name() + "=" + value(key)))
                .collect(Collectors.joining("/"));
    }

    private static String value(PartitionKey key) {
        return "${" + key.name() + "}";
    }

    private static boolean isFit(String candidate, List<PartitionKey> keys, List<String> names) {
        try {
            Layout layout = Layout.of(candidate, keys);
            return names.stream().allMatch(name -> layout.mismatch(0, name).isEmpty());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
