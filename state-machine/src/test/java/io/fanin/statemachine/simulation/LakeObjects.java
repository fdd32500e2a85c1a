package io.fanin.statemachine.simulation;

import io.fanin.core.inventory.InventorySum;
import io.fanin.core.s3.ObjectSummary;
import io.fanin.fakes.FakeS3;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The data objects that producers have written, each with a content of its own, sound or broken. */
final class LakeObjects {

    private final FakeS3 s3;
    private final String format;
    private final Map<String, String> etags = new HashMap<>();
    private final Map<String, Integer> sizes = new HashMap<>();
    private int written;

    LakeObjects(FakeS3 s3, String format) {
        this.s3 = s3;
        this.format = format;
    }

    void put(String key, boolean sound) {
        byte[] content = content(sound).getBytes(StandardCharsets.UTF_8);
        s3.put(SimulatedLake.BUCKET, key, content);
        etags.put(key, FakeS3.etag(content));
        sizes.put(key, content.length);
    }

    /** Those of another folder have been copied. */
    void copied(String from, String to) {
        Set.copyOf(etags.keySet()).stream().filter(key -> key.startsWith(from)).forEach(key -> {
            String copy = to + key.substring(from.length());
            etags.put(copy, etags.get(key));
            sizes.put(copy, sizes.get(key));
        });
    }

    /** The hash of the inventory of objects of a folder. */
    String hash(String folder, Collection<String> names) {
        InventorySum sum = new InventorySum(folder);
        names.forEach(name -> {
            String key = folder + name;
            sum.add(new ObjectSummary(key, sizes.get(key), etags.get(key), Instant.EPOCH));
        });
        return sum.sum().hash();
    }

    /** Whether an object's text has records only that can be read. */
    static boolean isSound(String text) {
        return text.startsWith("{") ? text.endsWith("}\n") : text.lines().allMatch(line -> line.contains(","));
    }

    private String content(boolean sound) {
        int number = written++;
        if (format.equals("csv")) {
            return "carrier,delay\nAA" + (sound ? "," : "") + number + "\n";
        }
        return sound ? "{\"carrier\":\"AA\",\"delay\":" + number + "}\n" : "{\"carrier\":\"AA\",\"delay\":" + number;
    }
}
