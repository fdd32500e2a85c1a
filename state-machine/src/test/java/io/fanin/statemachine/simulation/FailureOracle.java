package io.fanin.statemachine.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rule for failed partitions: no run registers one with a result older than a failure that another run has
 * recorded.
 */
final class FailureOracle {

    private final ObservedState observed;
    private final Map<List<String>, Recorded> failures = new HashMap<>();

    /** The time of each run's last result for a partition. */
    private final Map<List<String>, Map<String, Result>> results = new HashMap<>();

    private int moment;

    FailureOracle(ObservedState observed) {
        this.observed = observed;
    }

    /**
     * A failure in the table's record with the time of its result, or the time when it was first seen, if it has no
     * result.
     */
    private record Recorded(String run, int pass, int moment) {}

    private record Result(int pass, int moment) {

        static final Result NONE = new Result(-1, 0);
    }

    /** The record with the failures is gone. */
    void lost() {
        failures.clear();
    }

    void resultWritten(String run, int pass, List<String> values) {
        results.computeIfAbsent(values, any -> new HashMap<>()).put(run, new Result(pass, ++moment));
    }

    private Result result(List<String> values, String run) {
        return results.getOrDefault(values, Map.of()).getOrDefault(run, Result.NONE);
    }

    /**
     * Updates the known failures. A failure of another run than the writer's has only reappeared, such as at the end of
     * a waiver.
     */
    void recordWritten() {
        String writer = observed.world().invocation().map(FunctionRun::run).orElse("");
        Set<List<String>> outstanding = new HashSet<>();
        observed.files().record().path("outstanding").forEach(failure -> {
            List<String> values = RunFiles.values(failure.at("/partition/values"));
            String run = failure.path("run").asText();
            int pass = failure.path("pass").asInt();
            outstanding.add(values);
            if (run.equals(writer) && !isKnown(values, run, pass)) {
                Result result = result(values, run);
                Recorded recorded = new Recorded(run, pass, result.pass() == pass ? result.moment() : ++moment);
                failures.merge(values, recorded, (known, other) -> known.moment() > other.moment() ? known : other);
            }
        });
        outstanding.addAll(observed.waived());
        failures.keySet().retainAll(outstanding);
    }

    private boolean isKnown(List<String> values, String run, int pass) {
        Recorded known = failures.get(values);
        return known != null && known.run().equals(run) && known.pass() == pass;
    }

    /**
     * Called when a run has registered a partition. An invocation that outlives its execution may not know of later
     * failures.
     */
    void registered(List<String> values, String run) {
        Recorded failure = failures.get(values);
        if (failure == null || failure.run().equals(run)) {
            return;
        }
        boolean wasAlone =
                observed.world().invocation().filter(FunctionRun::wasAlone).isPresent();
        observed.require(
                !wasAlone || result(values, run).moment() > failure.moment(),
                values + " was registered by " + run + " with a result that is older than its failure in "
                        + failure.run());
    }
}
