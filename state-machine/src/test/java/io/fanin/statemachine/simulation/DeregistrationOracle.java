package io.fanin.statemachine.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.fakes.Call;
import io.fanin.model.run.Tally;
import io.fanin.statemachine.simulation.FunctionRun.Function;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rules for registered partitions whose data no longer exists. A run deregisters only with its spec's permission,
 * only partitions that a run registered, without data both in detection and immediately before, and within its bound;
 * and it reports this correctly.
 */
final class DeregistrationOracle {

    /** Without force, a run deregisters at most one in this many partitions of a table, rounded up. */
    private static final int ONE_IN = 20;

    private final ObservedState observed;
    private final TableGenerations generations;
    private final Map<FunctionRun, LooksOfFunction> looks = new HashMap<>();
    private final Map<String, ListOfRun> lists = new HashMap<>();

    /** The writers of the table's record, in order. */
    private final List<String> writers = new ArrayList<>();

    DeregistrationOracle(ObservedState observed, TableGenerations generations) {
        this.observed = observed;
        this.generations = generations;
    }

    /** A run's list of partitions to deregister, and those of them that others have changed since. */
    private record ListOfRun(
            Map<List<String>, JsonNode> entries, Set<List<String>> touched, Set<List<String>> withRawData) {

        ListOfRun() {
            this(new HashMap<>(), new HashSet<>(), new HashSet<>());
        }
    }

    void observe(Call call) {
        observed.world()
                .invocation()
                .filter(one -> one.function() == Function.DETECTOR || one.function() == Function.TABLE_CREATOR)
                .map(one -> looks.computeIfAbsent(one, any -> new LooksOfFunction(observed, writers.size())))
                .ifPresent(one -> one.observe(call));
    }

    /** Somebody else has changed the catalog. */
    void foreign(CatalogView before) {
        CatalogView catalog = observed.catalog();
        lists.values()
                .forEach(list -> list.entries().keySet().stream()
                        .filter(values -> !Optional.ofNullable(
                                        before.partitions().get(values))
                                .equals(Optional.ofNullable(catalog.partitions().get(values))))
                        .forEach(list.touched()::add));
    }

    void recordWritten() {
        writers.add(observed.world().invocation().map(FunctionRun::run).orElse(""));
    }

    /** A detector lists what its run is to deregister. */
    void listed(String run, String target) {
        LooksOfFunction looked = looks.get(observed.world().invocation().orElseThrow());
        Map<List<String>, JsonNode> entries = new HashMap<>();
        observed.files()
                .read(target.substring("state/".length()))
                .path("partitions")
                .forEach(one -> entries.put(RunFiles.values(one.path("values")), one));
        JsonNode detection = detectionOf(run);
        int most = (looked.registered().size() + ONE_IN - 1) / ONE_IN;
        observed.require(
                entries.size() <= most || detection.path("force").asBoolean(),
                run + " is to deregister " + entries.size() + " of "
                        + looked.registered().size() + " partitions");
        entries.forEach((values, entry) -> observed.require(
                looked.isEmpty(SimulatedLake.prefix(entry.path("location").asText())),
                values + " is to be deregistered, and " + run + " has not seen that its prefix is empty"));
        ListOfRun list = lists.computeIfAbsent(run, any -> new ListOfRun());
        list.entries().putAll(entries);
        entries.keySet().stream().filter(looked::hasSeenRawData).forEach(list.withRawData()::add);
    }

    /** A function has taken a partition from the catalog. */
    void deregistered(List<String> values) {
        FunctionRun invocation = observed.world().invocation().orElseThrow();
        String run = invocation.run();
        LooksOfFunction last = looks.get(invocation);
        observed.require(
                detectionOf(run).path("vanished").asText().equals("deregister")
                        && observed.world().mayDeregister(),
                values + " was deregistered by " + run + ", whose spec does not say so");
        observed.require(
                lists.containsKey(run) && lists.get(run).entries().containsKey(values),
                values + " was deregistered, and " + run + " has not listed it");
        observed.require(
                last.found(values)
                        .filter(one -> !CatalogView.run(one).isEmpty())
                        .isPresent(),
                values + " was deregistered, and is not known to be a run's");
        String prefix = last.found(values).map(CatalogView::prefix).orElse("");
        observed.require(
                last.isEmpty(prefix), values + " was deregistered without a last look, or although that saw data");
        observed.world().trace().count(FaultKind.PARTITION_DEREGISTERED);
        if (observed.lake().holdsAnything(prefix)) {
            observed.world().trace().count(FaultKind.DATA_CAME_BACK_TOO_LATE);
        }
        observed.deregistered(values);
    }

    /** The detection in the input of a run's execution; a run that continues another one has none. */
    private JsonNode detectionOf(String run) {
        return observed.world().engine().executions().stream()
                .filter(one -> one.run().equals(run))
                .map(one -> one.context().at("/Execution/Input/detection"))
                .findFirst()
                .orElseThrow();
    }

    void passEnded(String run, int pass) {
        JsonNode report = observed.files().report(run, pass);
        JsonNode record = observed.files().record();
        observed.require(
                report.path("vanished").equals(record.path("vanished")),
                run + " reports " + report.path("vanished") + " vanished, and the record has "
                        + record.path("vanished"));
        JsonNode detection = detectionOf(run);
        boolean looks = detection.path("mode").asText().equals("full")
                && !detection.path("vanished").asText().equals("ignore");
        if (pass == 0) {
            requireOpen(run, record);
        }
        if (pass == 0 && looks) {
            generations.deciding(run).ifPresent(decided -> requireReported(run, report, this.looks.get(decided)));
        }
    }

    /** Requires that the table is not complete past deregistered partitions that can be made from raw data again. */
    private void requireOpen(String run, JsonNode record) {
        ListOfRun list = lists.getOrDefault(run, new ListOfRun());
        String through = record.path("completeThrough").asText();
        list.withRawData().stream()
                .filter(values ->
                        !observed.isRegistered(values) && !list.touched().contains(values))
                .flatMap(values ->
                        observed.number(values).flatMap(observed.lake().layout()::moment).stream())
                .forEach(moment -> observed.require(
                        through.compareTo(moment.toString()) < 0,
                        run + " leaves the table complete through " + through + ", and has deregistered " + moment
                                + ", whose raw data is there"));
    }

    private void requireReported(String run, JsonNode report, LooksOfFunction seen) {
        Set<String> empty = unmoved(seen.empty());
        Set<String> named = unmoved(Set.copyOf(report.path("vanishedSample").findValuesAsText("prefix")));
        Set<String> dropped = unmoved(seen.emptyAndDropped());
        boolean hasMoved = seen.hasLookedWhereDataHasMoved();
        named.stream().filter(dropped::contains).forEach(empty::add);
        observed.require(
                named.size() == Math.min(empty.size(), Tally.SAMPLE) && empty.containsAll(named),
                run + " names " + named + " as vanished, and has seen " + empty);
        boolean isKept = report.has("vanishedKept");
        if (isKept) {
            observed.world().trace().count(FaultKind.TOO_MUCH_VANISHED);
        }
        ListOfRun list = lists.getOrDefault(run, new ListOfRun());
        Map<List<String>, JsonNode> entries = isKept ? Map.of() : list.entries();
        long gone = entries.keySet().stream()
                .filter(values -> !observed.isRegistered(values))
                .count();
        long told = report.path("deregistered").asLong();
        observed.require(
                Math.abs(gone - told) <= list.touched().size(),
                run + " says that it deregistered " + told + ", and " + gone + " of " + entries.keySet() + " are gone");
        report.path("vanishedSample").forEach(one -> requireReported(run, one, entries, list.touched()));
        boolean changesRecord = !hasMoved
                && writers.subList(seen.writesBefore(), writers.size()).stream().allMatch(run::equals);
        if (changesRecord && list.touched().isEmpty() && dropped.isEmpty() && empty.size() <= Tally.SAMPLE) {
            long back = report.path("vanishedSample").findValuesAsText("detail").stream()
                    .filter(detail -> detail.contains("holds data again") || detail.contains("registered again"))
                    .count();
            observed.require(
                    report.path("vanished").asLong() == empty.size() - told - back,
                    run + " says that data of " + report.path("vanished") + " is gone, and saw " + empty + ", of which "
                            + told + " are deregistered and " + back + " came back");
        }
    }

    /** The prefixes of folders, without those between which data was moved, in either bucket. */
    private Set<String> unmoved(Set<String> folders) {
        SimulatedLake lake = observed.lake();
        return folders.stream()
                .map(LakeBuckets::key)
                .filter(prefix -> !lake.hasMoved(prefix) && !lake.hasMoved(LakeBuckets.OTHER + prefix))
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** Requires that the run reports correctly whether a listed partition stayed registered, and why. */
    private void requireReported(
            String run, JsonNode named, Map<List<String>, JsonNode> entries, Set<List<String>> touched) {
        String detail = named.path("detail").asText();
        entries.forEach((values, entry) -> {
            if (LakeBuckets.key(SimulatedLake.prefix(entry.path("location").asText()))
                            .equals(named.path("prefix").asText())
                    && !touched.contains(values)) {
                observed.require(
                        detail.equals("deregistered") != observed.isRegistered(values)
                                && detail.startsWith("stays") == observed.isRegistered(values),
                        run + " says of " + values + ": " + detail);
                requireJustlyKept(run, values, entry, detail);
            }
        });
    }

    private void requireJustlyKept(String run, List<String> values, JsonNode entry, String detail) {
        LooksOfFunction last = looks.get(observed.world().invocation().orElseThrow());
        if (detail.contains("holds data again")) {
            observed.world().trace().count(FaultKind.DATA_CAME_BACK_IN_TIME);
            observed.require(
                    last.holds(SimulatedLake.prefix(entry.path("location").asText())),
                    run + " says that " + values + " holds data again, which it has not seen");
        } else if (detail.contains("registered again")) {
            observed.require(
                    observed.partition(values)
                            .map(CatalogView::folder)
                            .filter(entry.path("registeredBy").asText()::equals)
                            .isEmpty(),
                    run + " says that " + values + " was registered again, and it was not");
        }
    }

    /** Called after an undisturbed run that looked for all vanished data, whatever the results of its partitions. */
    void requireSwept(SimulatedExecution sweep) {
        JsonNode report = observed.files().read("runs/" + sweep.run() + "/report.json");
        boolean hasLooked = !report.isMissingNode() || sweep.status() == SimulatedExecution.Status.SUCCEEDED;
        if (!hasLooked) {
            return;
        }
        Set<List<String>> excused = new HashSet<>(observed.outstanding());
        excused.addAll(observed.waived());
        List<LooksOfFunction> ofSweep = looks.entrySet().stream()
                .filter(look -> look.getKey().run().equals(sweep.run()))
                .map(Map.Entry::getValue)
                .toList();
        ofSweep.forEach(seen -> excused.addAll(seen.excused()));
        Set<List<String>> vanished = observed.catalog().partitions().entrySet().stream()
                .filter(one -> !excused.contains(one.getKey()) && mayHaveHadData(one.getValue()))
                .filter(one -> observed.lake().isInFolder(CatalogView.location(one.getValue())))
                .filter(one -> !observed.lake().holdsAnything(ownPrefix(one.getValue())))
                .filter(one -> ofSweep.stream()
                        .noneMatch(seen -> seen.hasListedOtherVersion(
                                ownPrefix(one.getValue()), CatalogView.prefix(one.getValue()))))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        JsonNode record = observed.files().record().path("vanished");
        observed.require(
                record.asLong() == vanished.size(),
                sweep + " leaves " + record + " as vanished, and the data of " + vanished + " is gone");
        observed.require(
                !detectionOf(sweep.run()).path("force").asBoolean()
                        || vanished.stream()
                                .noneMatch(values -> observed.partition(values)
                                        .filter(one -> !CatalogView.run(one).isEmpty())
                                        .isPresent()),
                sweep + " has left " + vanished + " registered, whose data is gone");
    }

    /** The partition's own folder: data has not vanished as long as that holds any of its versions. */
    private String ownPrefix(JsonNode partition) {
        return VersionFile.withoutVersion(CatalogView.prefix(partition));
    }

    /**
     * Whether the folder may have had data: others may register a folder with only its marker, from which nothing can
     * vanish.
     */
    private boolean mayHaveHadData(JsonNode partition) {
        return CatalogView.run(partition).isEmpty()
                ? !observed.lake().folders().hasMarker(CatalogView.prefix(partition))
                : !CatalogView.hadNoData(partition);
    }
}
