package io.fanin.statemachine.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.statemachine.simulation.FunctionRun.Function;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What must be true of what the table says to its readers whenever it or its partitions are changed. */
final class FlagOracle {

    /** As many partitions as Glue makes visible in one request. */
    private static final int ONE_REQUEST = 100;

    private final ObservedState witness;
    private final TableGenerations generations;
    private final RegistrationOracle registrations;
    private boolean wiped;

    FlagOracle(ObservedState witness, TableGenerations generations, RegistrationOracle registrations) {
        this.witness = witness;
        this.generations = generations;
        this.registrations = registrations;
    }

    /** Somebody else has changed the parameters that are ours. */
    void wipe() {
        wiped = true;
    }

    boolean isWiped() {
        return wiped;
    }

    /** A function has changed the catalog. */
    void changed(CatalogView before) {
        CatalogView catalog = witness.catalog();
        if (!before.parameters().equals(catalog.parameters())
                && !catalog.status().isEmpty()) {
            wiped = false;
        }
        if (isAlone()) {
            requireTrueFlag();
            witness.world()
                    .invocation()
                    .map(FunctionRun::run)
                    .filter(run -> !registrations.isHaunted(run))
                    .ifPresent(this::requireFlagOf);
        }
    }

    /** A run calls no table complete that lacks what the run saw registered in the one before. */
    void requireTableOf(String run) {
        Set<List<String>> lost = generations.lostTo(run, witness.catalog());
        witness.require(
                lost.isEmpty() || !witness.catalog().status().equals("COMPLETE"),
                "the table is COMPLETE, and " + run + " saw " + lost + " in the one before, which was dropped");
    }

    /** No other table-creator is under way, so that nobody writes between what this one reads and writes. */
    private boolean isAlone() {
        return witness.world().engine().underWay().stream()
                        .filter(one -> one.function() == Function.TABLE_CREATOR)
                        .count()
                <= 1;
    }

    /** What the run's processors say of its partitions, whatever the record says. */
    private void requireFlagOf(String run) {
        RunFiles files = witness.files();
        int pass = 0;
        while (files.read("runs/" + run + "/pass-" + (pass + 1) + "/manifest.json")
                .isArray()) {
            pass++;
        }
        Set<List<String>> sound = new HashSet<>();
        Set<List<String>> left = new HashSet<>();
        String folder = "runs/" + run + "/pass-" + pass + "/";
        for (JsonNode batch : files.read(folder + "manifest.json")) {
            Map<List<String>, String> outcomes = files.outcomes(folder, batch);
            batch.path("partitions").forEach(partition -> {
                List<String> values = RunFiles.values(partition.path("values"));
                String outcome = outcomes.getOrDefault(values, "none");
                if (outcome.equals("processed")) {
                    sound.add(values);
                } else if (!outcome.equals("skipped") && !witness.isRegistered(values)) {
                    left.add(values);
                }
            });
        }
        if (sound.size() > ONE_REQUEST) {
            witness.world().trace().count(FaultKind.MORE_THAN_ONE_BATCH_OF_GLUE);
        }
        boolean some = sound.stream().anyMatch(values -> isBy(run, values));
        boolean all = sound.stream().allMatch(values -> witness.isRegistered(values) || witness.wasTakenAway(values));
        String status = witness.catalog().status();
        if (!status.equals("PARTIAL") && !wiped) {
            witness.require(left.isEmpty(), "the table says " + status + " while " + left + " of " + run + " are left");
            witness.require(
                    all || !some,
                    "the table is not said to be partial while some of " + run + "'s " + sound.size()
                            + " are registered");
        }
    }

    private boolean isBy(String run, List<String> values) {
        return witness.partition(values)
                .filter(partition -> CatalogView.run(partition).equals(run))
                .isPresent();
    }

    private void requireTrueFlag() {
        JsonNode outstanding = witness.files().record().path("outstanding");
        if (witness.catalog().status().equals("COMPLETE")) {
            witness.require(
                    outstanding.isEmpty(), "the table says COMPLETE while its record has outstanding " + outstanding);
        }
        Optional.ofNullable(witness.catalog().parameters().get("fanin.complete_through"))
                .ifPresent(moment -> outstanding.forEach(failure -> requireBehind(moment, failure)));
    }

    /** A failure healed by an invocation that did not know of it remains in the record only. */
    private void requireBehind(String moment, JsonNode failure) {
        List<String> values = RunFiles.values(failure.at("/partition/values"));
        boolean isMended = witness.isRegistered(values) && !failure.has("registeredBy");
        witness.number(values)
                .flatMap(witness.lake().layout()::moment)
                .ifPresent(outstanding -> witness.require(
                        isMended || outstanding.toString().compareTo(moment) > 0,
                        "complete_through " + moment + " runs ahead of " + failure.path("partition")));
    }
}
