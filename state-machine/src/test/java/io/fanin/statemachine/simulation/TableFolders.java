package io.fanin.statemachine.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The folders of a table and of its data, which are one where the data stays as it is, and of their partitions, in a
 * lake in which tables and partitions move. A table that has moved may have another layout than before.
 */
final class TableFolders {

    /** Where raw data lies, unless its table has moved with it. */
    static final String RAW = "raw/events/";

    private static final String MADE = "made/events/";

    private final boolean hasSource;
    private final Map<String, String> others;
    private final Map<String, Layouts> layouts;
    private final Set<String> ofData = new TreeSet<>(Set.of(RAW));

    /** Partitions at the other one of the paths that their values have. */
    private final Set<Integer> respelled = new HashSet<>();

    /** Where data lies that has not followed its table yet, by its partition. */
    private final Map<Integer, String> behind = new HashMap<>();

    private String table;

    /**
     * @param elsewhere the layout of the folder to which the table may move
     * @param changesBucket whether that has the same prefix, in the other bucket
     */
    TableFolders(ProcessingMode mode, Layouts layout, Layouts elsewhere, boolean changesBucket) {
        String rawToo = changesBucket ? LakeBuckets.OTHER + RAW : "other/events/";
        String madeToo = changesBucket ? LakeBuckets.OTHER + MADE : "made-again/events/";
        others = Map.of(RAW, rawToo, rawToo, RAW, MADE, madeToo, madeToo, MADE);
        hasSource = mode.hasSource();
        table = hasSource ? MADE : RAW;
        layouts = Map.of(RAW, layout, MADE, layout, rawToo, elsewhere, madeToo, elsewhere);
    }

    /** How partitions are named in a folder. */
    Layouts layoutOf(String folder) {
        return layouts.get(folder);
    }

    /** Where the data of new partitions lies. */
    String data() {
        return hasSource ? RAW : table;
    }

    /** Where a partition lies in a folder. */
    String prefix(int partition, String folder) {
        Layouts named = layoutOf(folder);
        return folder
                + (respelled.contains(partition) ? named.otherPath(partition).orElseThrow() : named.path(partition));
    }

    /** Where a partition's data lies. */
    String dataOf(int partition) {
        return behind.getOrDefault(partition, prefix(partition, data()));
    }

    /** Where a partition of the table lies: with its data, unless that is made of other data. */
    String tableOf(int partition) {
        return behind.getOrDefault(partition, prefix(partition, table));
    }

    /** Where a partition's data lies, has lain, or may come to lie. */
    Set<String> prefixes(int partition) {
        Set<String> prefixes = new HashSet<>();
        ofData.forEach(one -> {
            Layouts named = layoutOf(one);
            prefixes.add(one + named.path(partition));
            named.otherPath(partition).ifPresent(other -> prefixes.add(one + other));
        });
        return prefixes;
    }

    /** The partitions that now lie at another spelling of their values than the layout writes. */
    Set<Integer> respelled() {
        return Set.copyOf(respelled);
    }

    /** Whether a partition's data may move to another path within its folder. */
    boolean mayBeRespelled(int partition) {
        return !behind.containsKey(partition)
                && layoutOf(data()).otherPath(partition).isPresent();
    }

    /** The path of another spelling of its values is a partition's now. */
    void respell(int partition) {
        if (!respelled.remove(partition)) {
            respelled.add(partition);
        }
    }

    /** Where the table lies. */
    String table() {
        return table;
    }

    /** The folder that the table has left, or has never had. */
    String left() {
        return others.get(table);
    }

    /**
     * Moves the table; partitions are spelled as the layout writes them there.
     *
     * @param staying partitions whose data stays where it is for a while
     */
    void move(Set<Integer> staying) {
        staying.forEach(partition -> behind.put(partition, dataOf(partition)));
        table = left();
        if (!hasSource) {
            ofData.add(table);
            respelled.clear();
        }
    }

    /** The partitions whose data has not followed the table yet. */
    List<Integer> behind() {
        return behind.keySet().stream().sorted().toList();
    }

    /** A partition's data lies where the table is. */
    void follow(int partition) {
        behind.remove(partition);
    }
}
