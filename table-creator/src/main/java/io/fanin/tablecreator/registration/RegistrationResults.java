package io.fanin.tablecreator.registration;

import io.fanin.core.catalog.partition.RegistrationOutcome;
import io.fanin.core.catalog.partition.RegistrationReport;
import io.fanin.core.history.PassPeriods;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.Failure;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.run.RunId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The processed partitions of a pass, each with the outcome of its registration, in the order of the results. */
public record RegistrationResults(List<Accepted> accepted, List<Refused> refused) {

    /** A partition that was read back from Glue as intended, or as another run has registered it with later data. */
    public record Accepted(PartitionResult.Processed result, RegistrationOutcome.Registered outcome) {

        private boolean isOwn() {
            return outcome.change() != RegistrationOutcome.Change.KEPT;
        }
    }

    /** A partition that Glue does not have as intended. */
    public record Refused(PartitionResult.Processed result, RegistrationOutcome.Refused outcome) {

        private Failure failure() {
            return new Failure(
                    outcome.errorCode(),
                    "Glue did not register it: " + Failure.quoted(outcome.message()),
                    !outcome.isOfPartition());
        }
    }

    public RegistrationResults {
        accepted = List.copyOf(accepted);
        refused = List.copyOf(refused);
    }

    /**
     * Combines each result with its outcome.
     *
     * @param report has an outcome for each of these results, in their order
     * @throws IllegalArgumentException if the numbers differ
     */
    public static RegistrationResults of(List<PartitionResult.Processed> results, RegistrationReport report) {
        if (results.size() != report.outcomes().size()) {
            throw new IllegalArgumentException("%s: expected the outcomes of registering %d partitions, found %d"
                    .formatted(report.table(), results.size(), report.outcomes().size()));
        }
        List<Accepted> accepted = new ArrayList<>();
        List<Refused> refused = new ArrayList<>();
        Iterator<RegistrationOutcome> outcomes = report.outcomes().iterator();
        for (PartitionResult.Processed result : results) {
            switch (outcomes.next()) {
                case RegistrationOutcome.Registered outcome -> accepted.add(new Accepted(result, outcome));
                case RegistrationOutcome.Refused outcome -> refused.add(new Refused(result, outcome));
            }
        }
        return new RegistrationResults(accepted, refused);
    }

    /** The values of the registered partitions, as given to Glue. */
    public Set<PartitionValues> values() {
        return accepted.stream().map(one -> one.outcome().values()).collect(Collectors.toSet());
    }

    /** Those of the partitions that are registered with the pass's results. */
    public Set<PartitionValues> ownValues() {
        return own().map(one -> one.outcome().values()).collect(Collectors.toSet());
    }

    private Stream<Accepted> own() {
        return accepted.stream().filter(Accepted::isOwn);
    }

    /** The values of the partitions that Glue does not have as intended, or has with later data. */
    public Set<PartitionValues> valuesOfOthers() {
        return Stream.concat(
                        refused.stream().map(one -> one.result().partition().values()),
                        accepted.stream()
                                .filter(one -> !one.isOwn())
                                .map(one -> one.outcome().values()))
                .collect(Collectors.toSet());
    }

    /** The partitions that are registered with the pass's results, for the table's calendar. */
    public List<PassPeriods.Registered> periods() {
        return own().map(one -> new PassPeriods.Registered(
                        one.outcome().values(),
                        one.outcome().change() == RegistrationOutcome.Change.UPDATED,
                        one.result().rows()))
                .toList();
    }

    /** The bad records of the partitions that are registered with the pass's results. */
    public DroppedRecords leftOut(List<PartitionKey> keys) {
        return DroppedRecords.of(own().map(Accepted::result).toList(), keys);
    }

    /** The results that Glue may accept unchanged later. */
    public List<PartitionResult.Processed> unregistered() {
        return refused.stream()
                .filter(one -> !one.outcome().isOfPartition())
                .map(Refused::result)
                .toList();
    }

    /** The failures of the partitions that Glue does not have as intended. */
    public List<OutstandingFailure> failures(RunId run, int pass) {
        return refused.stream().map(one -> failure(one, run, pass)).toList();
    }

    private static OutstandingFailure failure(Refused one, RunId run, int pass) {
        OutstandingFailure failure = OutstandingFailure.first(one.result().partition(), one.failure(), run, pass);
        return one.result().asOf().map(failure::ofDataReadAt).orElse(failure);
    }
}
