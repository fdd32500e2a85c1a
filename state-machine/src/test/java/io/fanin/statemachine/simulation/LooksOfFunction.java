package io.fanin.statemachine.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.fakes.Call;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an invocation has seen of the table's partitions and of single prefixes, each as it was when it looked last. */
final class LooksOfFunction {

    private final ObservedState observed;
    private final int writesBefore;
    private final Set<List<String>> registered = new HashSet<>();
    private final Set<String> prefixes = new HashSet<>();
    private final Map<String, Look> looks = new HashMap<>();
    private final Set<List<String>> excused = new HashSet<>();
    private final Set<String> versions = new HashSet<>();
    private final Set<List<String>> withRawData;
    private Map<List<String>, JsonNode> found = Map.of();

    /** @param writesBefore how often the table's record had been written when it began */
    LooksOfFunction(ObservedState observed, int writesBefore) {
        this.observed = observed;
        this.writesBefore = writesBefore;
        this.withRawData = withRawData();
        if (observed.isRecordOfTable()) {
            this.excused.addAll(observed.outstanding());
            this.excused.addAll(observed.waivedFailures());
        }
    }

    /** The partitions whose raw data is there. */
    private Set<List<String>> withRawData() {
        SimulatedLake lake = observed.lake();
        return observed.world().mode().hasSource()
                ? lake.partitions().stream()
                        .filter(lake::hasData)
                        .map(lake.layout()::values)
                        .collect(Collectors.toSet())
                : Set.of();
    }

    /** Whether the raw data of a partition was there when it began, and is. */
    boolean hasSeenRawData(List<String> values) {
        return withRawData.contains(values) && withRawData().contains(values);
    }

    /** Whether a prefix held anything, and whether a partition was registered there. */
    private record Look(boolean holds, boolean isRegistered) {}

    void observe(Call call) {
        switch (call.operation()) {
            case "GetPartitions" -> {
                registered.addAll(observed.catalog().partitions().keySet());
                observed.catalog().partitions().values().stream()
                        .map(CatalogView::prefix)
                        .forEach(prefixes::add);
            }
            case "BatchGetPartition" -> found = observed.catalog().partitions();
            case "ListObjectsV2" ->
                LakeBuckets.ofCall(call.target()).ifPresent(folder -> listed(folder, call.fact("start-after")));
            case "BatchDeletePartition" -> looks.values().removeIf(look -> !look.holds());
            default -> {}
        }
    }

    private void listed(String folder, String startAfter) {
        boolean holds = observed.lake().holdsAnything(folder);
        if (holds) {
            versions.add(folder);
        }
        if (startAfter.equals(LakeBuckets.key(folder))) {
            looks.put(folder, new Look(holds, isRegistered(folder)));
        }
    }

    /**
     * Now, or when partitions were asked for by name the last time: somebody else may have dropped it since. What was
     * registered before it had data has none that could vanish.
     */
    private boolean isRegistered(String prefix) {
        return Stream.concat(observed.catalog().partitions().values().stream(), found.values().stream())
                .anyMatch(
                        partition -> CatalogView.prefix(partition).equals(prefix) && !CatalogView.hadNoData(partition));
    }

    int writesBefore() {
        return writesBefore;
    }

    /**
     * Whether it has listed objects of a version of this folder that is not the registered one, maybe to delete them.
     */
    boolean hasListedOtherVersion(String folder, String registered) {
        return versions.stream()
                .anyMatch(version -> !version.equals(registered)
                        && !version.equals(folder)
                        && VersionFile.withoutVersion(version).equals(folder));
    }

    /** What was outstanding or waived when it began: it fails by name, or is given up by name. */
    Set<List<String>> excused() {
        return excused;
    }

    /** All partitions that the table had at some time while it read them. */
    Set<List<String>> registered() {
        return registered;
    }

    /** A partition as it was when partitions were asked for by name the last time. */
    Optional<JsonNode> found(List<String> values) {
        return Optional.ofNullable(found.get(values));
    }

    /** Whether it has looked there, and nothing was there; since the last deletion. */
    boolean isEmpty(String prefix) {
        return looks.containsKey(prefix) && !looks.get(prefix).holds();
    }

    boolean holds(String prefix) {
        return looks.containsKey(prefix) && looks.get(prefix).holds();
    }

    /** Where it saw nothing, and a partition was registered. */
    Set<String> empty() {
        return empty(Look::isRegistered);
    }

    /** Where it saw nothing, and somebody had dropped the partition between its reading the table and its looking. */
    Set<String> emptyAndDropped() {
        Set<String> dropped = empty(look -> !look.isRegistered());
        dropped.retainAll(prefixes);
        return dropped;
    }

    /** What it saw there depends on when it looked, and where else. */
    boolean hasLookedWhereDataHasMoved() {
        return looks.keySet().stream().anyMatch(observed.lake()::hasMoved);
    }

    private Set<String> empty(Predicate<Look> also) {
        return looks.entrySet().stream()
                .filter(look -> !look.getValue().holds() && also.test(look.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(HashSet::new));
    }
}
