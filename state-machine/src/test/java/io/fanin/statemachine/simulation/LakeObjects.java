package io.fanin.statemachine.simulation;

import io.fanin.core.inventory.InventorySum;
import io.fanin.core.s3.ObjectSummary;
import io.fanin.fakes.FakeS3;
import java.time.Instant;
import java.util.Collection;

/** The data objects written by producers, each with unique content, valid or broken. */
final class LakeObjects {

    private final LakeBuckets buckets;
    private final String format;
    private int written;

    LakeObjects(LakeBuckets buckets, String format) {
        this.buckets = buckets;
        this.format = format;
    }

    void put(String name, boolean sound) {
        buckets.put(name, content(sound));
    }

    /** The hash of the inventory of objects of a folder, as they are now. */
    String hash(String folder, Collection<String> names) {
        InventorySum sum = new InventorySum(LakeBuckets.key(folder));
        names.forEach(name -> {
            byte[] content = buckets.get(folder + name).orElseThrow();
            sum.add(new ObjectSummary(
                    LakeBuckets.key(folder + name), content.length, FakeS3.etag(content), Instant.EPOCH));
        });
        return sum.sum().hash();
    }

    /** Whether all records in an object's text can be read. */
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
