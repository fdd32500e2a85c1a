package io.fanin.statemachine.simulation;

import io.fanin.fakes.FakeS3;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** A table's data, with knowledge that the functions have to find out: which of it is broken. */
final class SimulatedLake {

    private final LakeBuckets buckets;
    private final LakeFolders folders;
    private final TableFolders table;
    private final LakeObjects written;
    private final Layouts layout;
    private final String format;
    private final ProcessingMode mode;
    private final boolean breaks;
    private final Set<String> distrusted = new HashSet<>();

    private boolean isMoving;

    /** The objects of each partition by name: whether they are valid. */
    private final Map<Integer, Map<String, Boolean>> partitions = new TreeMap<>();

    private final Set<String> broken = new HashSet<>();
    private final Set<Integer> emptied = new HashSet<>();

    /** The periods between partitions without data. */
    private final Set<Integer> gaps = new TreeSet<>();

    /** The inventories that each partition has had. */
    private final Map<Integer, Set<String>> inventories = new HashMap<>();

    /** The folders to which data was copied, or from which it was moved, at any time. */
    private final Set<String> copied = new HashSet<>();

    private final Map<Integer, Cleared> cleared = new TreeMap<>();
    private Consumer<String> listener = key -> {};

    /** The removed content of a partition, and which of its objects were valid. */
    private record Cleared(Map<String, byte[]> contents, Map<String, Boolean> objects) {}

    /**
     * @param elsewhere the layout of the location to which the table may move
     * @param changesBucket whether it moves to the other bucket
     * @param breaks whether invalid objects are really broken
     */
    SimulatedLake(
            FakeS3 s3,
            Layouts layout,
            Layouts elsewhere,
            boolean changesBucket,
            String format,
            ProcessingMode mode,
            boolean breaks) {
        this.buckets = new LakeBuckets(s3);
        this.folders = new LakeFolders(buckets);
        this.table = new TableFolders(mode, layout, elsewhere, changesBucket);
        this.written = new LakeObjects(buckets, format);
        this.layout = layout;
        this.format = format;
        this.mode = mode;
        this.breaks = breaks;
    }

    /** Sets the receiver of the names of written and removed objects. */
    void onChange(Consumer<String> told) {
        listener = told;
    }

    Layouts layout() {
        return layout;
    }

    String format() {
        return format;
    }

    /** The layout of the table at its current location. */
    Layouts layoutOfTable() {
        return table.layoutOf(folder());
    }

    /** Folders beside the partitions that are not partitions. */
    List<String> strays() {
        return table.layoutOf(table.data()).strays();
    }

    String prefix(int partition) {
        return table.dataOf(partition);
    }

    /** The partitions that are now at another spelling of their values than the layout writes. */
    Set<Integer> respelled() {
        return table.respelled();
    }

    /** The current, former and possible locations of a partition's data. */
    Set<String> prefixes(int partition) {
        return table.prefixes(partition);
    }

    /** Whether a partition's data has ever lain both in this folder and in another one of its values. */
    boolean hasMoved(String prefix) {
        return copied.contains(prefix);
    }

    /** The partitions of data in place, whose folder may have another name. */
    List<Integer> movable() {
        return partitions().stream()
                .filter(partition ->
                        mode == ProcessingMode.AS_IT_IS && hasData(partition) && table.mayBeRespelled(partition))
                .toList();
    }

    /** Copies a partition's objects to its other folder, and returns an action that removes the first one. */
    Runnable move(int partition) {
        String from = prefix(partition);
        table.respell(partition);
        String to = prefix(partition);
        table.respell(partition);
        isMoving = true;
        copied.addAll(prefixes(partition));
        List<String> names = copy(from, to);
        return () -> {
            isMoving = false;
            names.forEach(name -> buckets.delete(from + name));
            cleared.remove(partition);
            table.respell(partition);
            names.forEach(name -> listener.accept(from + name));
        };
    }

    private List<String> copy(String from, String to) {
        List<String> names = folders.names(from);
        names.forEach(name -> buckets.put(to + name, buckets.get(from + name).orElseThrow()));
        names.forEach(name -> listener.accept(to + name));
        return names;
    }

    /** Whether the whole table may be moved: no other move is unfinished. */
    boolean isMovable() {
        return !isMoving && table.behind().isEmpty() && !folders.holdAnything(left());
    }

    /** The folder that the table has left, or has not used yet. */
    String left() {
        return table.left();
    }

    /** Moves the table to another folder; data in place has to follow. */
    void moveTable() {
        table.move(mode.hasSource() ? Set.of() : partitions.keySet());
        if (!mode.hasSource()) {
            cleared.clear();
        }
    }

    /** The partitions whose data has not followed the table yet. */
    List<Integer> behind() {
        return table.behind();
    }

    /** Copies a partition's data to the table's location, and returns an action that removes it from the former one. */
    Runnable follow(int partition) {
        String old = prefix(partition);
        table.follow(partition);
        cleared.remove(partition);
        copied.addAll(prefixes(partition));
        List<String> names = copy(old, prefix(partition));
        return () -> names.forEach(name -> buckets.delete(old + name));
    }

    /** Removes data left by a move of the table. */
    void removeMoved() {
        folders.clear(left()).keySet().forEach(listener);
    }

    /** The table's folder. */
    String folder() {
        return table.table();
    }

    /** Whether a location is in the table's folder. */
    boolean isInFolder(String uri) {
        return prefix(uri).startsWith(folder());
    }

    String location(int partition) {
        return LakeBuckets.uri(tablePrefix(partition));
    }

    /** Whether a partition is registered at its data, or where it was made before the table moved. */
    boolean isAtItsPlace(int partition, String uri) {
        String place = prefix(mode.makesVersions() ? VersionFile.withoutVersion(uri) : uri);
        return place.equals(tablePrefix(partition))
                || (mode.hasSource() && place.equals(table.prefix(partition, left())));
    }

    /** Whether a run that has seen the data at a former location may register a partition at this one. */
    boolean isPlace(int partition, String uri) {
        return isAtItsPlace(partition, uri)
                || (!mode.hasSource() && prefixes(partition).contains(prefix(uri)));
    }

    /** The lake's folders, regardless of their meaning. */
    LakeFolders folders() {
        return folders;
    }

    /** Notes that a folder of the table may contain outdated data. */
    void distrust(String prefix) {
        distrusted.add(prefix);
    }

    /** Whether the registered data of a partition corresponds to its raw data; data in place always does. */
    boolean isMade(int partition, String uri) {
        String made = prefix(uri);
        return !mode.hasSource() || distrusted.contains(made) || folders.areEqual(prefix(partition), made);
    }

    /** The partitions that ever had data. */
    List<Integer> partitions() {
        return List.copyOf(partitions.keySet());
    }

    /** The number after that of the last partition. */
    int next() {
        return partitions.size() + gaps.size();
    }

    /** Leaves the next period without data, now and later. */
    void skip() {
        gaps.add(next());
    }

    /** The periods without data. */
    List<Integer> gaps() {
        return List.copyOf(gaps);
    }

    boolean hasData(int partition) {
        return !partitions.getOrDefault(partition, Map.of()).isEmpty();
    }

    String put(int partition, boolean sound) {
        int number = partitions.getOrDefault(partition, Map.of()).size();
        return put(partition, "part-" + number + "." + format, sound);
    }

    String put(int partition, String name, boolean sound) {
        String key = prefix(partition) + name;
        written.put(key, sound || !breaks);
        partitions.computeIfAbsent(partition, any -> new TreeMap<>()).put(name, sound);
        gaps.remove(partition);
        note(partition);
        listener.accept(key);
        return key;
    }

    /** Writes into a folder that is not a partition. */
    String putStray(String path) {
        String key = table.data() + path + "part-0." + format;
        written.put(key, true);
        listener.accept(key);
        return key;
    }

    /** Writes a marker that tools leave where there is no data: that of a job, or of the folder itself. */
    String empty(int partition, String marker) {
        buckets.put(prefix(partition) + marker, "");
        partitions.computeIfAbsent(partition, any -> new TreeMap<>());
        emptied.add(partition);
        listener.accept(prefix(partition) + marker);
        return prefix(partition) + marker;
    }

    /** Removes one object. */
    String remove(int partition, SeededRandom random) {
        List<String> names = new ArrayList<>(partitions.get(partition).keySet());
        String name = random.one(names);
        buckets.delete(prefix(partition) + name);
        partitions.get(partition).remove(name);
        if (!hasData(partition)) {
            emptied.add(partition);
        }
        note(partition);
        listener.accept(prefix(partition) + name);
        return prefix(partition) + name;
    }

    /** The prefix of a partition of the table. */
    String tablePrefix(int partition) {
        return table.tableOf(partition);
    }

    /** The prefix that the URI of a folder of the lake names. */
    static String prefix(String uri) {
        String prefix = LakeBuckets.name(uri);
        return prefix.endsWith("/") ? prefix : prefix + "/";
    }

    /** Whether a prefix contains anything but the folder's own marker. */
    boolean holdsAnything(String prefix) {
        return folders.holdAnything(prefix);
    }

    /** Removes everything in a partition of the table, and keeps it for a restoration. */
    void clear(int partition) {
        String prefix = tablePrefix(partition);
        Map<String, byte[]> contents = folders.clear(prefix);
        cleared.put(partition, new Cleared(contents, Map.copyOf(partitions.getOrDefault(partition, Map.of()))));
        if (mode.hasSource()) {
            distrust(prefix);
        } else {
            become(partition, Map.of(), contents.keySet());
        }
    }

    /** The partitions that were cleared, and not restored. */
    List<Integer> cleared() {
        return cleared.keySet().stream()
                .filter(partition -> !holdsAnything(tablePrefix(partition)))
                .toList();
    }

    /** Restores removed data unchanged. */
    void bringBack(int partition) {
        Cleared before = cleared.remove(partition);
        folders.bringBack(before.contents());
        if (!mode.hasSource()) {
            become(partition, before.objects(), before.contents().keySet());
        }
    }

    private void become(int partition, Map<String, Boolean> objects, Set<String> changed) {
        partitions.put(partition, new TreeMap<>(objects));
        if (objects.isEmpty()) {
            emptied.add(partition);
        }
        note(partition);
        changed.forEach(listener);
    }

    /** Makes everything valid, and fills empty partitions. */
    void repair() {
        if (mode.hasSource()) {
            cleared().forEach(this::bringBack);
        }
        for (int partition : partitions()) {
            List.copyOf(partitions.get(partition).entrySet()).forEach(object -> {
                if (!object.getValue()) {
                    put(partition, object.getKey(), true);
                }
            });
            if (!hasData(partition)) {
                put(partition, true);
            }
        }
    }

    /** Whether all of its data was missing at some time, so that a run at that time saw nothing. */
    boolean wasEmpty(int partition) {
        return emptied.contains(partition);
    }

    /** Whether the data with this hash contained an unreadable object. */
    boolean isBroken(String inventory) {
        return broken.contains(inventory);
    }

    /** The hash of a partition's current inventory. */
    String hash(int partition) {
        return written.hash(
                prefix(partition), partitions.getOrDefault(partition, Map.of()).keySet());
    }

    /**
     * Notes the inventory. A job reads for itself, and may have copied data that arrived after the batch was prepared
     * and vanished again: if the inventory is then the former one, nobody can know.
     */
    private void note(int partition) {
        String hash = hash(partition);
        if (partitions.get(partition).containsValue(false)) {
            broken.add(hash);
        }
        boolean isNew =
                inventories.computeIfAbsent(partition, any -> new HashSet<>()).add(hash);
        if (!isNew && mode.isByJob()) {
            distrust(tablePrefix(partition));
        }
    }
}
