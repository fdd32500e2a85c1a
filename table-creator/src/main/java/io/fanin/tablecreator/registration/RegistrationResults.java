package io.fanin.tablecreator.registration;

import io.fanin.core.catalog.Batches;
import io.fanin.core.catalog.partition.RegistrationOutcome;
import io.fanin.core.catalog.partition.RegistrationReport;
import io.fanin.core.history.PassPeriods;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.Failure;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.run.RunId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The processed partitions of a pass, each with the outcome of its registration, in the order of the results. */
public record RegistrationResults(List<Accepted> accepted, List<Refused> refused, List<Left> left) {

    private static final int AT_A_TIME = 20_000;

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

    /** A partition that another tool has registered elsewhere since the run's detection. */
    public record Left(PartitionResult.Processed result, RegistrationOutcome.LeftToOthers outcome) {}

    public RegistrationResults {
        accepted = List.copyOf(accepted);
        refused = List.copyOf(refused);
        left = List.copyOf(left);
    }

    /**
     * Registers results, and combines each with its outcome. What Glue is sent and answers for a partition is larger
     * than its result, so that it is held for {@value #AT_A_TIME} of them at a time.
     *
     * @param register returns an outcome for each of the results that it is given, in their order
     * @throws IllegalArgumentException if the numbers differ
     */
    public static RegistrationResults of(
            List<PartitionResult.Processed> results,
            Function<List<PartitionResult.Processed>, RegistrationReport> register) {
        List<Accepted> accepted = new ArrayList<>();
        List<Refused> refused = new ArrayList<>();
        List<Left> left = new ArrayList<>();
        for (List<PartitionResult.Processed> some : Batches.of(results, AT_A_TIME)) {
            Iterator<RegistrationOutcome> outcomes =
                    outcomes(register.apply(some), some.size()).iterator();
            for (PartitionResult.Processed result : some) {
                switch (outcomes.next()) {
                    case RegistrationOutcome.Registered outcome -> accepted.add(new Accepted(result, outcome));
                    case RegistrationOutcome.Refused outcome -> refused.add(new Refused(result, outcome));
                    case RegistrationOutcome.LeftToOthers outcome -> left.add(new Left(result, outcome));
                }
            }
        }
        return new RegistrationResults(accepted, refused, left);
    }

    private static List<RegistrationOutcome> outcomes(RegistrationReport report, int expected) {
        if (report.outcomes().size() != expected) {
            throw new IllegalArgumentException("%s: expected the outcomes of registering %d partitions, found %d"
                    .formatted(report.table(), expected, report.outcomes().size()));
        }
        return report.outcomes();
    }

    /** The values of the registered partitions, as given to Glue. */
    public Set<PartitionValues> values() {
        return Stream.concat(
                        accepted.stream().map(one -> one.outcome().values()),
                        left.stream().map(one -> one.outcome().values()))
                .collect(Collectors.toSet());
    }

    /** The values of the partitions that are registered with the pass's results. */
    public Set<PartitionValues> ownValues() {
        return own().map(one -> one.outcome().values()).collect(Collectors.toSet());
    }

    private Stream<Accepted> own() {
        return accepted.stream().filter(Accepted::isOwn);
    }

    /** The values of the partitions that Glue does not have as intended, or has from others. */
    public Set<PartitionValues> valuesOfOthers() {
        return Stream.of(
                        refused.stream().map(one -> one.result().partition().values()),
                        accepted.stream()
                                .filter(one -> !one.isOwn())
                                .map(one -> one.outcome().values()),
                        left.stream().map(one -> one.outcome().values()))
                .flatMap(one -> one)
                .collect(Collectors.toSet());
    }

    /**
     * The values of the partitions that the pass has not switched to what it has made. One that was gone when it was
     * read back may have been switched before.
     */
    public Set<PartitionValues> unswitched() {
        Set<PartitionValues> others = new HashSet<>(valuesOfOthers());
        refused.stream()
                .filter(one -> one.outcome().errorCode().equals(FailureCode.NOT_VERIFIED.word()))
                .forEach(one -> others.remove(one.result().partition().values()));
        return others;
    }

    /** The partitions that are left to other tools, each with what readers read instead. */
    public List<PartitionResult.Skipped> leftToOthers() {
        return left.stream()
                .map(one -> new PartitionResult.Skipped(
                        one.result().partition(),
                        "another tool has registered it since the run began, with the location "
                                + one.outcome().location() + ", which is what readers read: drop that in the catalog"
                                + " if it is wrong",
                        false))
                .toList();
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
