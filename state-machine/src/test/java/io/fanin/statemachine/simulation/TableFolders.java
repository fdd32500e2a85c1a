package io.fanin.statemachine.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The folders of a table, of its data, which are the same for data in place, and of their partitions, in a lake in
 * which tables and partitions move. A moved table may have another layout.
 */
final class TableFolders {

    /** The folder of raw data, unless it was moved with its table. */
    static final String RAW = "raw/events/";

    private static final String MADE = "made/events/";

    private final boolean hasSource;
    private final Map<String, String> others;
    private final Map<String, Layouts> layouts;
    private final Set<String> ofData = new TreeSet<>(Set.of(RAW));

    /** Partitions at the other one of the two paths with their values. */
    private final Set<Integer> respelled = new HashSet<>();

    /** The location of data that has not followed its table yet, by partition. */
    private final Map<Integer, String> behind = new HashMap<>();

    private String table;

    /**
     * @param elsewhere the layout of the folder to which the table may move
     * @param changesBucket whether that folder has the same prefix in the other bucket
     */
    TableFolders(ProcessingMode mode, Layouts layout, Layouts elsewhere, boolean changesBucket) {
        String rawToo = changesBucket ? LakeBuckets.OTHER + RAW : "other/events/";
        String madeToo = changesBucket ? LakeBuckets.OTHER + MADE : "made-again/events/";
        others = Map.of(RAW, rawToo, rawToo, RAW, MADE, madeToo, madeToo, MADE);
        hasSource = mode.hasSource();
        table = hasSource ? MADE : RAW;
        layouts = Map.of(RAW, layout, MADE, layout, rawToo, elsewhere, madeToo, elsewhere);
    }

    /** The names of partitions in a folder. */
    Layouts layoutOf(String folder) {
        return layouts.get(folder);
    }

    /** The folder of the data of new partitions. */
    String data() {
        return hasSource ? RAW : table;
    }

    /** The prefix of a partition in a folder. */
    String prefix(int partition, String folder) {
        Layouts named = layoutOf(folder);
        return folder
                + (respelled.contains(partition) ? named.otherPath(partition).orElseThrow() : named.path(partition));
    }

    /** The location of a partition's data. */
    String dataOf(int partition) {
        return behind.getOrDefault(partition, prefix(partition, data()));
    }

    /** The location of a partition of the table: that of its data, unless it is made from other data. */
    String tableOf(int partition) {
        return behind.getOrDefault(partition, prefix(partition, table));
    }

    /** The current, former and possible locations of a partition's data. */
    Set<String> prefixes(int partition) {
        Set<String> prefixes = new HashSet<>();
        ofData.forEach(one -> {
            Layouts named = layoutOf(one);
            prefixes.add(one + named.path(partition));
            named.otherPath(partition).ifPresent(other -> prefixes.add(one + other));
        });
        return prefixes;
    }

    /** The partitions that are now at another spelling of their values than the layout writes. */
    Set<Integer> respelled() {
        return Set.copyOf(respelled);
    }

    /** Whether a partition's data may move to another path within its folder. */
    boolean mayBeRespelled(int partition) {
        return !behind.containsKey(partition)
                && layoutOf(data()).otherPath(partition).isPresent();
    }

    /** Moves a partition to the path of another spelling of its values. */
    void respell(int partition) {
        if (!respelled.remove(partition)) {
            respelled.add(partition);
        }
    }

    /** The table's folder. */
    String table() {
        return table;
    }

    /** The folder that the table has left, or has not used yet. */
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

    /** Moves a partition's data to the table's folder. */
    void follow(int partition) {
        behind.remove(partition);
    }
}
