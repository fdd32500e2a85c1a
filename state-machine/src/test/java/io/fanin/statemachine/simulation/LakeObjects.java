package io.fanin.statemachine.simulation;

import io.fanin.core.inventory.InventorySum;
import io.fanin.core.s3.ObjectSummary;
import io.fanin.fakes.FakeS3;
import java.time.Instant;
import java.util.Collection;

/** The data objects that producers have written, each with a content of its own, sound or broken. */
final class LakeObjects {

    private final FakeS3 s3;
    private final String format;
    private int written;

    LakeObjects(FakeS3 s3, String format) {
        this.s3 = s3;
        this.format = format;
    }

    void put(String key, boolean sound) {
        s3.put(SimulatedLake.BUCKET, key, content(sound));
    }

    /** The hash of the inventory of objects of a folder, as they are now. */
    String hash(String folder, Collection<String> names) {
        InventorySum sum = new InventorySum(folder);
        names.forEach(name -> {
            String key = folder + name;
            byte[] content = s3.get(SimulatedLake.BUCKET, key).orElseThrow();
            sum.add(new ObjectSummary(key, content.length, FakeS3.etag(content), Instant.EPOCH));
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
