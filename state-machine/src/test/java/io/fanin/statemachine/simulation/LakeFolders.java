package io.fanin.statemachine.simulation;

import io.fanin.fakes.FakeS3;
import io.fanin.model.run.PartitionVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What lies in the lake's folders, whatever it means. */
record LakeFolders(FakeS3 s3) {

    /** Whether each step may still be done. */
    interface Going {
        boolean on(String step);
    }

    /** Makes a folder's content that of another one, object by object. */
    void copy(String from, String to, Going going) {
        List<String> names = names(from);
        for (String name : names) {
            if (!going.on("copies " + from + name)) {
                return;
            }
            s3.get(SimulatedLake.BUCKET, from + name)
                    .ifPresent(content -> s3.put(SimulatedLake.BUCKET, to + name, content));
        }
        for (String name : names(to)) {
            if (!names.contains(name)) {
                if (!going.on("deletes " + to + name)) {
                    return;
                }
                s3.delete(SimulatedLake.BUCKET, to + name);
            }
        }
    }

    boolean areEqual(String one, String other) {
        List<String> names = names(one);
        return names.equals(names(other))
                && names.stream()
                        .allMatch(name -> s3.text(SimulatedLake.BUCKET, one + name)
                                .equals(s3.text(SimulatedLake.BUCKET, other + name)));
    }

    /** Whether the folder's own marker lies there. */
    boolean hasMarker(String folder) {
        return names(folder).contains("");
    }

    /** Whether anything lies there, but the folder's own marker. */
    boolean holdAnything(String folder) {
        return names(folder).stream().anyMatch(name -> !name.isEmpty());
    }

    /** Removes everything that lies there, and returns it by its keys. */
    Map<String, byte[]> clear(String folder) {
        Map<String, byte[]> contents = new TreeMap<>();
        s3.keys(SimulatedLake.BUCKET, folder).forEach(key -> {
            contents.put(key, s3.get(SimulatedLake.BUCKET, key).orElseThrow());
            s3.delete(SimulatedLake.BUCKET, key);
        });
        return contents;
    }

    /** Puts back what was cleared. Files of versions name the table that they were written for, whoever moves them. */
    void bringBack(Map<String, byte[]> contents) {
        contents.forEach((key, content) -> {
            if (PartitionVersion.isFile(key.substring(key.lastIndexOf('/') + 1))) {
                String text = new String(content, StandardCharsets.UTF_8);
                s3.put(
                        SimulatedLake.BUCKET,
                        key,
                        text,
                        "fanin-table",
                        HistoryWorld.DATABASE + "." + HistoryWorld.TABLE);
            } else {
                s3.put(SimulatedLake.BUCKET, key, content);
            }
        });
    }

    /** The texts of what lies there, by their keys. */
    Map<String, String> texts(String folder) {
        Map<String, String> texts = new TreeMap<>();
        s3.keys(SimulatedLake.BUCKET, folder)
                .forEach(
                        key -> texts.put(key, s3.text(SimulatedLake.BUCKET, key).orElseThrow()));
        return texts;
    }

    /** The names of what lies in a folder. */
    List<String> names(String folder) {
        return s3.keys(SimulatedLake.BUCKET, folder).stream()
                .map(key -> key.substring(folder.length()))
                .toList();
    }
}
