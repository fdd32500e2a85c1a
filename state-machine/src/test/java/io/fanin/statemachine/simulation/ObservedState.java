package io.fanin.statemachine.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The state shared by the oracle's parts: the catalog as last seen, the history of partitions, and violations. */
final class ObservedState {

    private final HistoryWorld world;
    private final RunFiles files;
    private final List<String> violations = new ArrayList<>();
    private final Map<List<String>, Integer> numbers = new HashMap<>();
    private final Set<List<String>> dropped = new HashSet<>();

    /** The partitions that others have dropped since an invocation's last look at the partitions. */
    private final Map<FunctionRun, Set<List<String>>> unseen = new HashMap<>();

    private final Set<List<String>> deregistered = new HashSet<>();
    private CatalogView catalog;
    private boolean tableWasDropped;

    ObservedState(HistoryWorld world) {
        this.world = world;
        this.files = new RunFiles(world.aws().s3());
        this.catalog = CatalogView.of(world.aws().glue());
    }

    HistoryWorld world() {
        return world;
    }

    SimulatedLake lake() {
        return world.lake();
    }

    RunFiles files() {
        return files;
    }

    List<String> violations() {
        return violations;
    }

    void require(boolean condition, String violation) {
        if (!condition) {
            world.trace().add("ORACLE", violation);
            violations.add(violation);
        }
    }

    CatalogView catalog() {
        return catalog;
    }

    /** Reads the catalog again, and returns the former view. */
    CatalogView look() {
        CatalogView before = catalog;
        catalog = CatalogView.of(world.aws().glue());
        return before;
    }

    Optional<JsonNode> partition(List<String> values) {
        return Optional.ofNullable(catalog.partitions().get(values));
    }

    boolean isRegistered(List<String> values) {
        return catalog.partitions().containsKey(values);
    }

    void tableDropped() {
        tableWasDropped = true;
    }

    boolean tableWasDropped() {
        return tableWasDropped;
    }

    /** Called when others have dropped a partition, which no run has to know. */
    void dropped(List<String> values) {
        dropped.add(values);
        world.engine()
                .underWay()
                .forEach(one ->
                        unseen.computeIfAbsent(one, any -> new HashSet<>()).add(values));
    }

    /** An invocation has looked at the partitions. */
    void looked(FunctionRun invocation) {
        unseen.remove(invocation);
    }

    /** Whether others have dropped it since the invocation looked at the partitions last. */
    boolean wasDroppedUnseen(List<String> values) {
        return world.invocation()
                .map(unseen::get)
                .filter(since -> since.contains(values))
                .isPresent();
    }

    /** A run has deregistered it, since it had no data. */
    void deregistered(List<String> values) {
        deregistered.add(values);
    }

    void registered(List<String> values) {
        dropped.remove(values);
        deregistered.remove(values);
    }

    boolean wasDropped(List<String> values) {
        return dropped.contains(values);
    }

    /** Whether a run or another tool deregistered it on purpose, so that it is not lost. */
    boolean wasTakenAway(List<String> values) {
        return dropped.contains(values) || deregistered.contains(values);
    }

    /** The lake's number of a partition; absent if it is not one of the lake. */
    Optional<Integer> number(List<String> values) {
        for (int number = numbers.size();
                number < lake().next() + (world.registersAhead() ? HistoryWorld.AHEAD : 0);
                number++) {
            numbers.put(lake().layout().values(number), number);
        }
        return Optional.ofNullable(numbers.get(values));
    }

    /** Whether a run only processes partitions that another one has left. */
    boolean continuesAnother(String run) {
        return world.engine().executions().stream()
                .anyMatch(one -> one.run().equals(run) && one.input().has("redriveOf"));
    }

    /** Whether a run's execution was stopped or has ended, although an invocation of it may continue. */
    boolean hasEnded(String run) {
        return world.engine().executions().stream().noneMatch(one -> one.run().equals(run) && one.isRunning());
    }

    List<List<String>> waived() {
        return recorded("waived");
    }

    /** The failed partitions whose waivers are in effect. */
    List<List<String>> waivedFailures() {
        List<List<String>> waived = new ArrayList<>();
        files.record().path("waived").forEach(one -> {
            String until = one.path("until").asText();
            boolean holds = until.isEmpty() || world.clock().instant().isBefore(Instant.parse(until));
            if (holds && one.has("failure")) {
                waived.add(RunFiles.values(one.at("/partition/values")));
            }
        });
        return waived;
    }

    List<List<String>> outstanding() {
        return recorded("outstanding");
    }

    /**
     * Whether data exists at an unusual spelling of values that runs do not know, or whose absence counts. It sorts
     * differently from the layout's names, so that the listing of a window need not contain it.
     */
    boolean hasRespelledToSee() {
        if (world.countsGaps() && !lake().respelled().isEmpty()) {
            return true;
        }
        Set<List<String>> known = new HashSet<>(catalog.partitions().keySet());
        known.addAll(outstanding());
        return lake().respelled().stream().map(lake().layout()::values).anyMatch(values -> !known.contains(values));
    }

    /**
     * Whether the record belongs to the current table: outstanding partitions of a former table do not concern another.
     */
    boolean isRecordOfTable() {
        String created = tableOfRecord();
        return created.isEmpty() || Optional.of(Instant.parse(created)).equals(catalog.created());
    }

    /** The creation time of the record's table; an empty text if it has none. */
    String tableOfRecord() {
        JsonNode record = files.record();
        return record.path("tableCreated")
                .asText(record.at("/basis/tableCreated").asText());
    }

    private List<List<String>> recorded(String kind) {
        List<List<String>> recorded = new ArrayList<>();
        files.record().path(kind).forEach(one -> recorded.add(RunFiles.values(one.at("/partition/values"))));
        return recorded;
    }

    Optional<JsonNode> waiver(List<String> values) {
        for (JsonNode one : files.record().path("waived")) {
            if (RunFiles.values(one.at("/partition/values")).equals(values)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    boolean isOfDataAsItIs(JsonNode waiver, int number) {
        return waiver.at("/inventory/hash").asText().equals(lake().hash(number));
    }
}
