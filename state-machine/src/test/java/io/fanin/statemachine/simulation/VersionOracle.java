package io.fanin.statemachine.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.fakes.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rules for versions of partitions, which hold at every moment. The location of a partition that a run has
 * registered contains one version, complete and unchanged, and keeps it for a while after the location was switched.
 */
final class VersionOracle {

    /** The time that a version is kept after the switch away from it. */
    private static final Duration KEPT = Duration.ofHours(24);

    private static final Set<String> WRITES = Set.of("PutObject", "CompleteMultipartUpload");
    private static final Set<String> DELETIONS = Set.of("DeleteObject", "DeleteObjects");

    private final ObservedState observed;

    /** The content read at locations, as long as it must not change: texts by name, by folder. */
    private final Map<String, Map<String, String>> seen = new HashMap<>();

    /** The times when runs switched away from folders. */
    private final Map<String, Instant> left = new HashMap<>();

    /** Folders from which others have removed files, or to which they have switched. */
    private final Set<String> disturbed = new HashSet<>();

    VersionOracle(ObservedState observed) {
        this.observed = observed;
    }

    /** Whether others have influenced the content of this folder. */
    boolean isDisturbed(String folder) {
        return disturbed.contains(folder);
    }

    /** Whether the catalog has a partition at this folder. */
    boolean isCurrent(String folder) {
        return observed.catalog().partitions().values().stream()
                .anyMatch(partition -> CatalogView.prefix(partition).equals(folder));
    }

    /** Called when a run has changed the catalog. */
    void switched(CatalogView before) {
        if (!isAbout()) {
            return;
        }
        Map<List<String>, JsonNode> now = observed.catalog().partitions();
        before.partitions().forEach((values, partition) -> {
            String folder = CatalogView.prefix(partition);
            if (!isAt(now.get(values), folder) && !(isDisturbed(folder) && isOfEndedExecution())) {
                left.put(folder, observed.world().clock().instant());
            }
        });
        now.forEach((values, partition) -> {
            if (!isAt(before.partitions().get(values), CatalogView.prefix(partition))) {
                pointedAt(values, partition);
            }
        });
    }

    private static boolean isAt(JsonNode partition, String folder) {
        return partition != null && CatalogView.prefix(partition).equals(folder);
    }

    private void pointedAt(List<String> values, JsonNode partition) {
        String folder = CatalogView.prefix(partition);
        Map<String, String> texts = observed.lake().folders().texts(folder);
        left.remove(folder);
        seen.put(folder, texts);
        if (disturbed.contains(folder)) {
            return;
        }
        String said = CatalogView.parameter(partition, "numFiles");
        List<VersionFile> files = VersionFile.parseAll(texts.values());
        observed.require(
                files.size() == (said.isEmpty() ? 0 : Integer.parseInt(said)) && VersionFile.areOneVersion(files),
                values + " was registered at " + folder + ", which holds no whole version: " + texts.keySet());
        observed.require(
                files.stream()
                        .allMatch(file -> file.inventory().equals(CatalogView.parameter(partition, "fanin.inventory"))
                                && folder.endsWith("/" + file.version() + "/")),
                values + " was registered at " + folder + " as made of other data than it is");
    }

    /**
     * Whether the invocation has outlived its execution. It may end before it reads others' notes, so that it is
     * unknown how long readers have had a restored version.
     */
    private boolean isOfEndedExecution() {
        return observed.world()
                .invocation()
                .filter(one -> observed.hasEnded(one.run()))
                .isPresent();
    }

    /** Called when others have switched the location of a partition. */
    void restored(String folder) {
        disturbed.add(folder);
        seen.put(folder, observed.lake().folders().texts(folder));
    }

    /** Called when others have removed a partition's files, or restored them. */
    void disturbed(String partition) {
        observed.lake().folders().texts(partition).keySet().forEach(name -> disturbed.add(folder(name)));
        seen.keySet().removeIf(folder -> folder.startsWith(partition));
    }

    /** The folders that the catalog has had, and whose content is unchanged. */
    List<String> known() {
        return seen.keySet().stream().sorted().toList();
    }

    /** A function has sent a request. */
    void observe(Call call) {
        if (isAbout()) {
            LakeBuckets.ofCall(call.target()).ifPresent(name -> observe(call.operation(), folder(name)));
        }
    }

    private void observe(String operation, String folder) {
        if (WRITES.contains(operation)) {
            observed.require(
                    !seen.containsKey(folder)
                            || disturbed.contains(folder)
                            || seen.get(folder).equals(observed.lake().folders().texts(folder)),
                    folder + " was written to after the catalog had pointed to it");
        } else if (DELETIONS.contains(operation)) {
            known().forEach(this::requireKept);
        }
    }

    private void requireKept(String folder) {
        Map<String, String> texts = observed.lake().folders().texts(folder);
        if (texts.keySet().containsAll(seen.get(folder).keySet())) {
            return;
        }
        observed.require(!isCurrent(folder), folder + " was removed, and the catalog points to it");
        Instant switched = left.get(folder);
        Instant now = observed.world().clock().instant();
        observed.require(
                switched == null || !now.isBefore(switched.plus(KEPT)),
                folder + " was removed at " + now + ", and was the version until " + switched);
        observed.world().trace().count(FaultKind.VERSION_REMOVED);
        seen.remove(folder);
    }

    /** Whether the catalog's data of a partition corresponds to its raw data. */
    boolean isMade(int number, JsonNode partition) {
        String folder = CatalogView.prefix(partition);
        SimulatedLake lake = observed.lake();
        List<String> made = new ArrayList<>(
                VersionFile.parseAll(lake.folders().texts(folder).values()).stream()
                        .map(VersionFile::raw)
                        .sorted()
                        .toList());
        List<String> raw = lake.folders().texts(lake.prefix(number)).entrySet().stream()
                .filter(object -> !object.getValue().isEmpty())
                .map(Map.Entry::getValue)
                .sorted()
                .toList();
        return disturbed.contains(folder) || made.equals(raw);
    }

    private boolean isAbout() {
        return observed.world().mode().makesVersions();
    }

    private static String folder(String name) {
        return name.substring(0, name.lastIndexOf('/') + 1);
    }
}
