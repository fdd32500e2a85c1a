package io.fanin.statemachine.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rule for registered partitions: a processor of the same run has found the registered data valid. */
final class RegistrationOracle {

    private final ObservedState observed;
    private final Attempts attempts;
    private final FailureOracle failures;
    private final Set<Processed> processed = new HashSet<>();

    /** Partitions named in a run's input: it waits for nothing, and another run may retry failed ones. */
    private final Set<List<String>> named = new HashSet<>();

    /** Runs whose processors wrote a result after their caller had abandoned them. */
    private final Set<String> haunted = new HashSet<>();

    RegistrationOracle(ObservedState observed, Attempts attempts, FailureOracle failures) {
        this.failures = failures;
        this.observed = observed;
        this.attempts = attempts;
    }

    /** A valid result of a processor: the run, the partition, and its inventory. */
    private record Processed(String run, List<String> values, String inventory, String held) {}

    /** A run has set out to process partitions. */
    void planned(String run) {
        RunFiles files = observed.files();
        if (files.mode(run).filter(Set.of("partitions", "calendar")::contains).isPresent()) {
            named.addAll(files.planned(run));
        }
    }

    boolean isHaunted(String run) {
        return haunted.contains(run);
    }

    void resultWritten(String run, int pass, String target) {
        if (observed.world()
                .invocation()
                .filter(one -> one.answer().isPresent())
                .isPresent()) {
            haunted.add(run);
        }
        for (JsonNode one :
                observed.files().read(target.substring("state/".length())).path("partitions")) {
            attempts.processed(one);
            failures.resultWritten(run, pass, RunFiles.values(one.at("/partition/values")));
            if (one.path("outcome").asText().equals("processed")) {
                processed.add(new Processed(
                        run,
                        RunFiles.values(one.at("/partition/values")),
                        one.at("/inventory/hash").asText(),
                        one.at(one.has("written") && !one.has("version") ? "/written/hash" : "/inventory/hash")
                                .asText()));
            }
        }
    }

    void registered(List<String> values, JsonNode partition) {
        String inventory = CatalogView.parameter(partition, "fanin.inventory");
        String run = CatalogView.run(partition);
        List<Processed> found = processed.stream()
                .filter(one -> one.run().equals(run)
                        && one.values().equals(values)
                        && one.inventory().equals(inventory))
                .toList();
        observed.require(
                !found.isEmpty(),
                values + " was registered by " + run + " with " + inventory + ", which no processor of it found sound");
        observed.require(
                found.stream().noneMatch(one -> observed.lake().isBroken(one.held())),
                values + " was registered with objects that cannot be read");
        failures.registered(values, run);
        Optional<Integer> number = observed.number(values);
        observed.require(number.isPresent(), values + " is not a partition of the lake");
        number.ifPresent(one -> observed.require(
                named.contains(values) || observed.world().readiness().wasMarked(one),
                values + " was registered before the marker that all runs wait for that were not told its name"));
        number.ifPresent(one -> observed.require(
                observed.lake().isPlace(one, CatalogView.location(partition)),
                values + " was registered at " + CatalogView.location(partition)));
    }
}
