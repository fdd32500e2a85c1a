package io.fanin.statemachine.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.statemachine.simulation.FunctionRun.Function;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The rules for the table's published parameters whenever the table or its partitions are changed. */
final class FlagOracle {

    /** The number of partitions that Glue makes visible in one request. */
    private static final int ONE_REQUEST = 100;

    private final ObservedState observed;
    private final TableGenerations generations;
    private final RegistrationOracle registrations;
    private boolean wiped;

    /**
     * Whether the record of the partial table was deleted, and no run that has since looked at all of the table has
     * published.
     */
    private boolean recordLost;

    /** The runs that have looked at the whole table since, or have written everything that was in the record. */
    private final Set<String> looked = new HashSet<>();

    FlagOracle(ObservedState observed, TableGenerations generations, RegistrationOracle registrations) {
        this.observed = observed;
        this.generations = generations;
        this.registrations = registrations;
    }

    /** Called when another tool has changed {@code fanin.*} parameters. */
    void wipe() {
        wiped = true;
    }

    /** The record of what is outstanding or waived is about to be removed. */
    void recordLost() {
        recordLost = isPublished();
        looked.clear();
        JsonNode last = observed.files().record().path("lastRun");
        if (last.at("/found/pass").asInt(-1) == 0 && !last.path("found").has("changedBy")) {
            detected(last.path("run").asText());
        }
    }

    /**
     * Called when another tool has changed the table. Without its parameters, runs cannot see that there was such a
     * record.
     */
    void foreign() {
        recordLost = recordLost && isPublished();
    }

    private boolean isPublished() {
        return observed.catalog().status().equals("PARTIAL")
                || observed.catalog().parameters().containsKey("fanin.waived");
    }

    /** A run has found its work. */
    void detected(String run) {
        String mode = observed.files().mode(run).orElse("list");
        if (recordLost && !observed.continuesAnother(run) && SimulatedSpecs.SCANS.contains(mode)) {
            looked.add(run);
        }
    }

    boolean isWiped() {
        return wiped;
    }

    /** A function has changed the catalog. */
    void changed(CatalogView before) {
        CatalogView catalog = observed.catalog();
        if (before.parameters().equals(catalog.parameters())
                && before.partitions().equals(catalog.partitions())) {
            return; // only its columns were
        }
        if (!before.parameters().equals(catalog.parameters())
                && !catalog.status().isEmpty()) {
            wiped = false;
        }
        requireRecordOfPartialTable();
        if (isAlone()) {
            requireTrueFlag();
            observed.world()
                    .invocation()
                    .map(FunctionRun::run)
                    .filter(run -> !registrations.isHaunted(run) && !observed.hasEnded(run))
                    .ifPresent(this::requireFlagOf);
        }
    }

    /**
     * Requires that a run does not call the table complete without its record: a run that looks at a part does not know
     * the outstanding partitions.
     */
    private void requireRecordOfPartialTable() {
        Optional<String> run = observed.world().invocation().map(FunctionRun::run);
        if (run.filter(looked::contains).isPresent()) {
            recordLost = false;
        }
        observed.require(
                !recordLost || !observed.catalog().status().equals("COMPLETE"),
                "the table is COMPLETE after its record was lost, and " + run + " has not looked at all of it");
    }

    /**
     * Requires that no run calls the table complete while it lacks partitions which the run saw registered in a dropped
     * table of the same name, unless they have been empty since.
     */
    void requireTableOf(FunctionRun invocation) {
        String run = invocation.run();
        Set<List<String>> lost = generations.lostTo(run, observed.catalog());
        if (!lost.isEmpty()) {
            lost.removeAll(skipped(run));
        }
        observed.require(
                lost.isEmpty()
                        || generations.isNewTo(invocation)
                        || !observed.catalog().status().equals("COMPLETE"),
                "the table is COMPLETE, and " + run + " has " + lost + " in the one before, which was dropped");
    }

    /** The partitions that the run's last pass has found without data, and skipped. */
    private Set<List<String>> skipped(String run) {
        String folder = observed.files().lastPass(run);
        Set<List<String>> skipped = new HashSet<>();
        for (JsonNode batch : observed.files().read(folder + "manifest.json")) {
            observed.files().outcomes(folder, batch).forEach((values, outcome) -> {
                if (outcome.equals("skipped")) {
                    skipped.add(values);
                }
            });
        }
        return skipped;
    }

    /** Whether no other table-creator is working, so that nobody writes between this one's reads and writes. */
    private boolean isAlone() {
        return observed.world().engine().underWay().stream()
                        .filter(one -> one.function() == Function.TABLE_CREATOR)
                        .count()
                <= 1;
    }

    /**
     * Requires a correct status, judged by the results of the run's processors and not by the record. Not checked after
     * the end of its execution: another run may then have completed the table without the partitions that this one
     * registers late.
     */
    private void requireFlagOf(String run) {
        RunFiles files = observed.files();
        Set<List<String>> sound = new HashSet<>();
        Set<List<String>> left = new HashSet<>();
        List<List<String>> waived = observed.waived();
        String folder = files.lastPass(run);
        for (JsonNode batch : files.read(folder + "manifest.json")) {
            Map<List<String>, String> outcomes = files.outcomes(folder, batch);
            batch.path("partitions").forEach(partition -> {
                List<String> values = RunFiles.values(partition.path("values"));
                String outcome = outcomes.getOrDefault(values, "none");
                if (outcome.equals("processed")) {
                    sound.add(values);
                } else if (!outcome.equals("skipped")
                        && !observed.isRegistered(values)
                        && !waived.contains(values)
                        && !observed.wasDroppedUnseen(values)) {
                    left.add(values);
                }
            });
        }
        if (sound.size() > ONE_REQUEST) {
            observed.world().trace().count(FaultKind.MORE_THAN_ONE_BATCH_OF_GLUE);
        }
        boolean some = sound.stream().anyMatch(values -> isBy(run, values));
        boolean all = sound.stream().allMatch(values -> observed.isRegistered(values) || observed.wasTakenAway(values));
        String status = observed.catalog().status();
        if (!status.equals("PARTIAL") && !wiped) {
            observed.require(
                    left.isEmpty(), "the table says " + status + " while " + left + " of " + run + " are left");
            observed.require(
                    all || !some,
                    "the table is not said to be partial while some of " + run + "'s " + sound.size()
                            + " are registered");
        }
    }

    private boolean isBy(String run, List<String> values) {
        return observed.partition(values)
                .filter(partition -> CatalogView.run(partition).equals(run))
                .isPresent();
    }

    private void requireTrueFlag() {
        JsonNode outstanding = observed.files().record().path("outstanding");
        if (observed.catalog().status().equals("COMPLETE")) {
            observed.require(
                    outstanding.isEmpty(), "the table says COMPLETE while its record has outstanding " + outstanding);
            JsonNode missing = observed.files().record().path("missing");
            observed.require(
                    missing.asInt() == 0,
                    "the table says COMPLETE while its record says that " + missing + " are missing");
        }
        Optional.ofNullable(observed.catalog().parameters().get("fanin.complete_through"))
                .ifPresent(moment -> outstanding.forEach(failure -> requireBehind(moment, failure)));
    }

    /**
     * Requires that {@code fanin.complete_through} is before an outstanding failure. A failure healed by an invocation
     * that did not know of it remains only in the record.
     */
    private void requireBehind(String moment, JsonNode failure) {
        List<String> values = RunFiles.values(failure.at("/partition/values"));
        boolean isMended = observed.isRegistered(values) && !failure.has("registeredBy");
        observed.number(values)
                .flatMap(observed.lake().layout()::moment)
                .ifPresent(outstanding -> observed.require(
                        isMended || outstanding.toString().compareTo(moment) > 0,
                        "complete_through " + moment + " runs ahead of " + failure.path("partition")));
    }
}
