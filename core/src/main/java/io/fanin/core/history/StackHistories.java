package io.fanin.core.history;

import io.fanin.model.table.TableName;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The histories of tables of a stack.
 *
 * @param damaged those that cannot be read
 */
public record StackHistories(Map<TableName, TableHistory> readable, Map<TableName, DamagedDocument> damaged) {

    public StackHistories {
        readable = sorted(readable);
        damaged = sorted(damaged);
    }

    /** The tables that were in the catalog after their last run, as far as it is known. */
    public Set<TableName> created() {
        return Stream.concat(
                        readable.keySet().stream()
                                .filter(table -> readable.get(table).isOfCreatedTable()),
                        damaged.keySet().stream())
                .collect(Collectors.toSet());
    }

    public StackHistories without(Collection<TableName> tables) {
        Set<TableName> removed = new HashSet<>(tables);
        Predicate<TableName> isKept = table -> !removed.contains(table);
        return new StackHistories(kept(readable, isKept), kept(damaged, isKept));
    }

    private static <T> Map<TableName, T> kept(Map<TableName, T> all, Predicate<TableName> isKept) {
        return all.keySet().stream().filter(isKept).collect(Collectors.toMap(table -> table, all::get));
    }

    private static <T> Map<TableName, T> sorted(Map<TableName, T> all) {
        Map<TableName, T> byName = new TreeMap<>(Comparator.comparing(TableName::toString));
        byName.putAll(all);
        return Collections.unmodifiableMap(byName);
    }
}
