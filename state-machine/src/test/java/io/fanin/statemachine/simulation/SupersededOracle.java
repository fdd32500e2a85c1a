package io.fanin.statemachine.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.fakes.Call;
import io.fanin.model.run.PartitionVersion;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The rules for versions noted as superseded: they are removed, and forgotten only when they are removed, or the table
 * has left their folder.
 */
final class SupersededOracle {

    private static final String NOTES = "tables/" + HistoryWorld.DATABASE + "/" + HistoryWorld.TABLE + "/superseded/";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

    private final ObservedState observed;
    private final VersionOracle versions;

    /** The prefixes of the folders that are noted, by the keys of the notes. */
    private Map<String, Set<String>> notes = Map.of();

    SupersededOracle(ObservedState observed, VersionOracle versions) {
        this.observed = observed;
        this.versions = versions;
    }

    void observe(Call call) {
        boolean isOfNotes = call.target().equals(HistoryWorld.STATE_BUCKET + "/")
                ? call.operation().equals("DeleteObjects")
                : call.target().startsWith(HistoryWorld.STATE_BUCKET + "/" + NOTES);
        if (isOfNotes && !call.operation().equals("ListObjectsV2")) {
            look();
        }
    }

    private void look() {
        Map<String, Set<String>> before = notes;
        notes = new HashMap<>();
        observed.world()
                .aws()
                .s3()
                .keys(HistoryWorld.STATE_BUCKET, NOTES)
                .forEach(key -> notes.put(key, folders(observed.files().read(key))));
        before.forEach((key, folders) -> folders.stream()
                .filter(folder -> notes.values().stream().noneMatch(noted -> noted.contains(folder)))
                .forEach(folder -> observed.require(
                        !observed.lake().isInFolder(folder)
                                || versions.isCurrent(folder)
                                || versions.isDisturbed(folder)
                                || isGone(folder),
                        folder + " was noted as superseded in " + key + ", is not removed, and is forgotten")));
    }

    private static Set<String> folders(JsonNode note) {
        Set<String> folders = new HashSet<>();
        note.path("partitions").forEach(partition -> {
            String prefix = SimulatedLake.prefix(partition.path("folder").asText());
            partition
                    .path("versions")
                    .forEach(version ->
                            folders.add(version.asText().isEmpty() ? prefix : prefix + version.asText() + "/"));
        });
        return folders;
    }

    private boolean isGone(String folder) {
        return observed.lake().folders().texts(folder).keySet().stream()
                .noneMatch(key -> PartitionVersion.isFile(key.substring(folder.length())));
    }

    /** Called after an undisturbed run that made partitions, a day after all others. */
    void requireRemoved() {
        Set<String> due = new HashSet<>(notes.keySet());
        due.removeIf(key -> key.compareTo(NOTES + TIME.format(now())) >= 0
                || notes.get(key).stream().noneMatch(observed.lake()::isInFolder));
        observed.require(due.isEmpty(), "a day later, what " + due + " have noted is still there");
    }

    private Instant now() {
        return observed.world().clock().instant();
    }
}
