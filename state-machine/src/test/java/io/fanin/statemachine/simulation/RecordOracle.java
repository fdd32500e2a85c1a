package io.fanin.statemachine.simulation;

import java.util.List;
import java.util.Optional;

/** What must be true of the table's record and of its lease whenever one of them is written. */
final class RecordOracle {

    private final ObservedState observed;
    private final Attempts attempts = new Attempts();
    private Optional<Holding> holding = Optional.empty();
    private List<List<String>> outstanding = List.of();

    RecordOracle(ObservedState observed) {
        this.observed = observed;
    }

    /** Whose lease it is, as he was when he took it. */
    private record Holding(SimulatedExecution execution, int redrives) {}

    Attempts attempts() {
        return attempts;
    }

    /** Nobody takes a lease from an execution that is running, unless it was redriven after it had been found dead. */
    void leaseWritten() {
        String holder = observed.files().lease().path("holder").asText();
        holding.filter(before -> !holder.isEmpty() && !before.execution().arn().equals(holder))
                .ifPresent(before -> observed.require(
                        !before.execution().isRunning()
                                || before.redrives() != before.execution().redrives(),
                        "the lease of " + before.execution() + ", which is running, was taken by " + holder));
        holding = observed.world().engine().executions().stream()
                .filter(one -> one.arn().equals(holder))
                .findFirst()
                .map(one -> new Holding(one, one.redrives()));
    }

    /** Attempts count only what the partition itself has caused, and what is given up may come back. */
    void recordWritten() {
        List<List<String>> before = outstanding;
        outstanding = observed.outstanding();
        if (!observed.files().record().path("waived").isEmpty()) {
            observed.world().trace().count(FaultKind.WAIVER_HELD);
        }
        observed.files().record().path("waived").forEach(one -> {
            List<String> values = RunFiles.values(one.at("/partition/values"));
            observed.require(!outstanding.contains(values), values + " is both waived and outstanding");
            observed.require(
                    one.has("failure") || !before.contains(values),
                    values + " was outstanding, and is waived without what was known of it");
        });
        observed.files().record().path("outstanding").forEach(failure -> {
            List<String> values = RunFiles.values(failure.at("/partition/values"));
            observed.require(
                    failure.path("attempts").asInt() <= attempts.of(values),
                    failure.path("attempts") + " attempts of " + values + " are counted, and it has failed "
                            + attempts.of(values) + " times itself");
        });
    }
}
