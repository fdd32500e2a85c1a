package io.fanin.statemachine.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.core.answer.ExecutionError;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The rules for the statements of a run: its report, and the output or the error of its execution. */
final class ReportOracle {

    private final ObservedState observed;
    private final RunFiles files;

    ReportOracle(ObservedState observed) {
        this.observed = observed;
        this.files = observed.files();
    }

    /** @param isWiped whether others have removed the run's parameters from the table */
    void passEnded(String run, int pass, boolean isWiped) {
        JsonNode report = files.report(run, pass);
        Set<List<String>> failures = new HashSet<>();
        report.path("failures").forEach(failure -> failures.add(RunFiles.values(failure.path("values"))));
        observed.require(
                report.path("outstanding").asInt() == failures.size(),
                run + "'s report counts other failures than it names");
        requireNothingLost(run, pass, failures);
        if (!isWiped && observed.catalog().hasTable()) {
            requireParameter(run, "fanin.status", report.path("status"));
            requireParameter(run, "fanin.failed", report.path("outstanding"));
            requireParameter(run, "fanin.registered", report.path("registered"));
            requireParameter(run, "fanin.waived", report.path("waived"));
            requireParameter(run, "fanin.unverified", report.path("unverified"));
            requireParameter(run, "fanin.complete_through", report.path("completeThrough"));
            Map<String, String> parameters = observed.catalog().parameters();
            observed.require(
                    Objects.equals(parameters.get("fanin.run"), RunFiles.folder(run)),
                    "the table names another run than " + run + ": " + parameters);
        }
        Set<List<String>> recorded = Set.copyOf(observed.outstanding());
        observed.require(
                recorded.equals(failures),
                run + " reports " + failures + " as outstanding, and the record has " + recorded);
    }

    private void requireParameter(String run, String name, JsonNode reported) {
        String said = observed.catalog().parameters().get(name);
        observed.require(
                Objects.equals(said, reported.isMissingNode() ? null : reported.asText()),
                run + "'s report says " + reported + ", and the table's " + name + " is " + said);
    }

    /** Requires that each partition of the manifest is registered, outstanding, or turned out to be none. */
    private void requireNothingLost(String run, int pass, Set<List<String>> failures) {
        String folder = "runs/" + run + "/pass-" + pass + "/";
        for (JsonNode batch : files.read(folder + "manifest.json")) {
            Map<List<String>, String> outcomes = files.outcomes(folder, batch);
            batch.path("partitions").forEach(partition -> {
                List<String> values = RunFiles.values(partition.path("values"));
                boolean accounted = failures.contains(values)
                        || observed.waived().contains(values)
                        || observed.wasTakenAway(values)
                        || observed.isRegistered(values)
                        || "skipped".equals(outcomes.get(values));
                observed.require(
                        accounted, values + " of " + run + " is neither registered nor outstanding: " + outcomes);
            });
        }
    }

    /** Requires that the execution's output agrees with its report. */
    void executionEnded(SimulatedExecution execution) {
        execution
                .output()
                .ifPresent(output -> observed.require(
                        output.has("status")
                                || files.read("runs/" + execution.run() + "/report.json")
                                        .isMissingNode(),
                        execution + " registered something, and ends with " + output));
        execution.output().filter(output -> output.has("status")).ifPresent(output -> {
            JsonNode report = files.report(execution.run(), output.path("pass").asInt());
            for (String name : List.of("status", "registered", "failed", "outstanding")) {
                observed.require(
                        output.path(name).equals(report.path(name)),
                        execution + " ends with " + name + " " + output.path(name) + ", and its report says "
                                + report.path(name));
            }
        });
        execution.failure().ifPresent(failure -> requireClear(execution, failure));
    }

    private void requireClear(SimulatedExecution execution, StateError failure) {
        observed.require(
                !failure.detail().isBlank() && !failure.detail().equals("null"),
                execution + " failed without a word: " + failure);
        observed.require(!failure.error().startsWith("java."), execution + " failed unexpectedly: " + failure);
        observed.require(
                !failure.error().equals(Engine.THROTTLED),
                execution + " has not waited until it was no longer throttled");
        if (failure.error().equals(ExecutionError.TABLE_PARTIAL.className())) {
            observed.require(
                    failure.detail().contains(HistoryWorld.DATABASE + "." + HistoryWorld.TABLE + " is partial"),
                    execution + " does not name its table: " + failure);
        }
    }
}
