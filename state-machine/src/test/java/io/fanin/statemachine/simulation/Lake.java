package io.fanin.statemachine.simulation;

import io.fanin.core.inventory.InventorySum;
import io.fanin.core.inventory.ObjectSummary;
import io.fanin.fakes.FakeS3;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A table's data, and what is known of it that the functions have to find out: which of it is broken. */
final class Lake {

    static final String BUCKET = "lake";
    static final String LOCATION = "raw/events/";

    private final FakeS3 s3;
    private final Layouts layout;
    private final String format;

    /** Objects of a partition by name: whether they are sound. */
    private final Map<Integer, Map<String, Boolean>> partitions = new TreeMap<>();

    private final Map<String, String> etags = new HashMap<>();
    private final Map<String, Integer> sizes = new HashMap<>();
    private final Set<String> broken = new HashSet<>();
    private int contents;

    Lake(FakeS3 s3, Layouts layout, String format) {
        this.s3 = s3;
        this.layout = layout;
        this.format = format;
        s3.createBucket(BUCKET);
    }

    Layouts layout() {
        return layout;
    }

    String format() {
        return format;
    }

    String prefix(int partition) {
        return LOCATION + layout.path(partition);
    }

    String location(int partition) {
        return "s3://" + BUCKET + "/" + prefix(partition);
    }

    /** The partitions that ever had data. */
    List<Integer> partitions() {
        return List.copyOf(partitions.keySet());
    }

    /** The number of the partition after the last. */
    int next() {
        return partitions.size();
    }

    boolean hasData(int partition) {
        return !partitions.getOrDefault(partition, Map.of()).isEmpty();
    }

    String put(int partition, boolean sound) {
        int number = partitions.getOrDefault(partition, Map.of()).size();
        return put(partition, "part-" + number + "." + format, sound);
    }

    String put(int partition, String name, boolean sound) {
        byte[] content = content(sound).getBytes(StandardCharsets.UTF_8);
        String key = prefix(partition) + name;
        s3.put(BUCKET, key, content);
        etags.put(key, etag(content));
        sizes.put(key, content.length);
        partitions.computeIfAbsent(partition, any -> new TreeMap<>()).put(name, sound);
        note(partition);
        return key;
    }

    /** Removes one object. */
    String remove(int partition, Dice dice) {
        List<String> names = new ArrayList<>(partitions.get(partition).keySet());
        String name = dice.one(names);
        s3.delete(BUCKET, prefix(partition) + name);
        partitions.get(partition).remove(name);
        note(partition);
        return prefix(partition) + name;
    }

    /** Makes everything sound, and fills what is empty. */
    void mend() {
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

    boolean isSound(int partition) {
        return hasData(partition) && !partitions.get(partition).containsValue(false);
    }

    /** Whether what has this hash held an object that cannot be read. */
    boolean isBroken(String inventory) {
        return broken.contains(inventory);
    }

    /** The inventory's hash of a partition as it is. */
    String hash(int partition) {
        InventorySum sum = new InventorySum(prefix(partition));
        partitions.get(partition).keySet().forEach(name -> {
            String key = prefix(partition) + name;
            sum.add(new ObjectSummary(key, sizes.get(key), etags.get(key), Instant.EPOCH));
        });
        return sum.sum().hash();
    }

    private void note(int partition) {
        if (partitions.get(partition).containsValue(false)) {
            broken.add(hash(partition));
        }
    }

    private String content(boolean sound) {
        int number = contents++;
        if (format.equals("csv")) {
            return "carrier,delay\nAA" + (sound ? "," : "") + number + "\n";
        }
        return sound ? "{\"carrier\":\"AA\",\"delay\":" + number + "}\n" : "{\"carrier\":\"AA\",\"delay\":" + number;
    }

    static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    private static String etag(byte[] content) {
        try {
            return '"' + HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content)) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
