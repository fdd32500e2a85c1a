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

/** The view that an invocation has of the table's partitions and of single prefixes, each at its last request. */
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

    /** The partitions whose raw data exists. */
    private Set<List<String>> withRawData() {
        SimulatedLake lake = observed.lake();
        return observed.world().mode().hasSource()
                ? lake.partitions().stream()
                        .filter(lake::hasData)
                        .map(lake.layout()::values)
                        .collect(Collectors.toSet())
                : Set.of();
    }

    /** Whether the raw data of a partition existed when it began, and exists now. */
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
     * Whether a partition is registered now, or was at the last request by name, since another tool may have dropped
     * it. Partitions registered before they had data do not count: nothing can vanish from them.
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
     * Whether it has listed objects of another version in this folder than the registered one, possibly to delete them.
     */
    boolean hasListedOtherVersion(String folder, String registered) {
        return versions.stream()
                .anyMatch(version -> !version.equals(registered)
                        && !version.equals(folder)
                        && VersionFile.withoutVersion(version).equals(folder));
    }

    /** The partitions that were outstanding or waived when it began, which excuses their absence. */
    Set<List<String>> excused() {
        return excused;
    }

    /** All partitions that the table had at some moment while it read them. */
    Set<List<String>> registered() {
        return registered;
    }

    /** A partition as it was at the last request by name. */
    Optional<JsonNode> found(List<String> values) {
        return Optional.ofNullable(found.get(values));
    }

    /** Whether it has listed the prefix since the last deletion, and found nothing. */
    boolean isEmpty(String prefix) {
        return looks.containsKey(prefix) && !looks.get(prefix).holds();
    }

    boolean holds(String prefix) {
        return looks.containsKey(prefix) && looks.get(prefix).holds();
    }

    /** The prefixes that it found empty, and where a partition was registered. */
    Set<String> empty() {
        return empty(Look::isRegistered);
    }

    /**
     * The prefixes that it found empty, and whose partition was dropped between its reads of the table and of the
     * prefix.
     */
    Set<String> emptyAndDropped() {
        Set<String> dropped = empty(look -> !look.isRegistered());
        dropped.retainAll(prefixes);
        return dropped;
    }

    /** Whether it has listed folders between which data was moved, so that its view depends on the time. */
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
