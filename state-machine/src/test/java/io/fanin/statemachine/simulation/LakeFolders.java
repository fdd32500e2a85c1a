package io.fanin.statemachine.simulation;

import io.fanin.model.run.PartitionVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The objects in the lake's folders, regardless of their meaning. */
record LakeFolders(LakeBuckets buckets) {

    /** Decides whether each step may still be done. */
    interface Going {
        boolean on(String step);
    }

    /** Replaces a folder's content by that of another one, object by object. */
    void copy(String from, String to, Going going) {
        List<String> names = names(from);
        for (String name : names) {
            if (!going.on("copies " + from + name)) {
                return;
            }
            buckets.get(from + name).ifPresent(content -> buckets.put(to + name, content));
        }
        for (String name : names(to)) {
            if (!names.contains(name)) {
                if (!going.on("deletes " + to + name)) {
                    return;
                }
                buckets.delete(to + name);
            }
        }
    }

    boolean areEqual(String one, String other) {
        List<String> names = names(one);
        return names.equals(names(other))
                && names.stream().allMatch(name -> buckets.text(one + name).equals(buckets.text(other + name)));
    }

    /** Whether the folder contains its own marker. */
    boolean hasMarker(String folder) {
        return names(folder).contains("");
    }

    /** Whether the folder contains anything but its own marker. */
    boolean holdAnything(String folder) {
        return names(folder).stream().anyMatch(name -> !name.isEmpty());
    }

    /** Removes all objects in the folder, and returns them by name. */
    Map<String, byte[]> clear(String folder) {
        Map<String, byte[]> contents = new TreeMap<>();
        buckets.names(folder).forEach(name -> {
            contents.put(name, buckets.get(name).orElseThrow());
            buckets.delete(name);
        });
        return contents;
    }

    /** Restores cleared objects. Files of versions keep the name of the table for which they were written. */
    void bringBack(Map<String, byte[]> contents) {
        contents.forEach((name, content) -> {
            if (PartitionVersion.isFile(name.substring(name.lastIndexOf('/') + 1))) {
                String text = new String(content, StandardCharsets.UTF_8);
                buckets.s3()
                        .put(
                                LakeBuckets.bucket(name),
                                LakeBuckets.key(name),
                                text,
                                "fanin-table",
                                HistoryWorld.DATABASE + "." + HistoryWorld.TABLE);
            } else {
                buckets.put(name, content);
            }
        });
    }

    /** The texts of the objects, by name. */
    Map<String, String> texts(String folder) {
        Map<String, String> texts = new TreeMap<>();
        buckets.names(folder).forEach(name -> texts.put(name, buckets.text(name).orElseThrow()));
        return texts;
    }

    /** The names of what lies in a folder, without the folder. */
    List<String> names(String folder) {
        return buckets.names(folder).stream()
                .map(name -> name.substring(folder.length()))
                .toList();
    }
}
