package io.fanin.detector.select;

import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.RecordedWaiver;
import io.fanin.detector.inspect.WantedPartition;
import io.fanin.detector.source.SourceMapping;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionTime;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.detection.Candidate;
import io.fanin.model.run.detection.Reason;
import io.fanin.model.table.S3Location;
import io.fanin.model.text.Counted;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The decision on a partition before its inspection. */
sealed interface PartitionDecision {

    /** It is left as it is. */
    record Leave() implements PartitionDecision {}

    /** It is processed if it is ready. */
    record Want(WantedPartition wanted) implements PartitionDecision {}

    /** It has failed too often. */
    record SetAside(Partition partition, String why) implements PartitionDecision {}

    /**
     * It has several prefixes, and it is unknown which is right.
     *
     * @param hidesFailure whether it has failed, too
     * @param leavesOpen whether the table is not complete from its period on
     */
    record Conflict(List<Partition> prefixes, boolean hidesFailure, boolean leavesOpen) implements PartitionDecision {}

    /**
     * The basis of all decisions of a run.
     *
     * @param mapping the location of partitions' data
     * @param time the time of partitions' periods
     * @param lacksEmpty whether the record may lack partitions that were found empty
     * @param late the periods of registered partitions that were not ready when their data had changed
     */
    record Basis(
            SelectionRules rules,
            SourceMapping mapping,
            PartitionTime time,
            boolean lacksEmpty,
            Set<LocalDateTime> late) {}

    /** Whether a registration has made the partition's entry in the record obsolete. */
    static boolean isHealed(ObservedPartition observed, RecordedPartition recorded) {
        return observed.registered().filter(recorded::healedBy).isPresent();
    }

    /** Decides on a partition that was observed, or that has failed and was not observed. */
    static PartitionDecision of(ObservedPartition observed, RecordedPartition recorded, Basis basis) {
        RecordedPartition left = isHealed(observed, recorded) ? new RecordedPartition.Unrecorded() : recorded;
        return switch (observed.prefixes().size()) {
            case 0 -> ofUnseen(observed, left, basis);
            case 1 -> ofSeen(observed, left, basis);
            default ->
                new Conflict(
                        observed.prefixes(),
                        left instanceof RecordedPartition.Failed,
                        observed.registered().isEmpty() && !(left instanceof RecordedPartition.GivenUp));
        };
    }

    /** A failure is taken up even if its data is gone, so that it is reported. */
    private static PartitionDecision ofUnseen(ObservedPartition observed, RecordedPartition left, Basis basis) {
        return left instanceof RecordedPartition.Failed(OutstandingFailure failure)
                ? again(failure, basis.mapping().recalled(failure), observed, basis)
                : new Leave();
    }

    private static PartitionDecision ofSeen(ObservedPartition observed, RecordedPartition left, Basis basis) {
        Partition seen = observed.prefixes().getFirst();
        return switch (left) {
            case RecordedPartition.Failed(OutstandingFailure failure) -> again(failure, seen, observed, basis);
            case RecordedPartition.GivenUp(RecordedWaiver waived) ->
                ofWaived(waived, madeAnew(observed, restated(seen, observed, seen.values(), basis)), basis);
            case RecordedPartition.Empty empty when observed.registered().isEmpty() -> ofEmpty(seen, basis);
            case RecordedPartition.Empty empty -> ofUnrecorded(observed, seen, basis);
            case RecordedPartition.Unrecorded unrecorded -> ofUnrecorded(observed, seen, basis);
        };
    }

    private static PartitionDecision ofUnrecorded(ObservedPartition observed, Partition seen, Basis basis) {
        return observed.registered()
                .map(known -> ofRegistered(known, seen, basis))
                .orElseGet(() -> ofNew(seen, basis));
    }

    /**
     * A partition that may be one of very many empty ones is inspected first, so that it is not processed in each run.
     */
    private static PartitionDecision ofNew(Partition seen, Basis basis) {
        return basis.lacksEmpty()
                ? ofEmpty(seen, basis)
                : new Want(WantedPartition.of(new Candidate(seen, Reason.NEW)));
    }

    private static PartitionDecision again(
            OutstandingFailure failure, Partition where, ObservedPartition observed, Basis basis) {
        Partition partition = restated(where, observed, failure.values(), basis);
        return failure.hasReached(basis.rules().maxAttempts())
                ? new SetAside(
                        partition,
                        "failed " + Counted.of(failure.attempts(), "time") + ", at last with "
                                + failure.failure().error())
                : new Want(WantedPartition.of(new Candidate(madeAnew(observed, partition), Reason.RETRIED)));
    }

    /**
     * Adds the age of the raw data behind its registration, if any: it may be made again only while all of that data
     * exists.
     */
    private static Partition madeAnew(ObservedPartition observed, Partition partition) {
        return observed.registered().map(known -> known.madeAnew(partition)).orElse(partition);
    }

    /** A registered partition keeps its spelling: with another one the table would have it twice. */
    private static Partition restated(
            Partition where, ObservedPartition observed, PartitionValues otherwise, Basis basis) {
        return basis.mapping()
                .restated(
                        where,
                        observed.registered().map(RegisteredPartition::values).orElse(otherwise));
    }

    /** A waived partition is processed when its data has changed since. */
    private static PartitionDecision ofWaived(RecordedWaiver waived, Partition partition, Basis basis) {
        return inspects(basis)
                ? new Want(WantedPartition.changed(
                        new Candidate(partition, Reason.RETRIED),
                        waived.waiver().inventory()))
                : new Leave();
    }

    private static PartitionDecision ofEmpty(Partition seen, Basis basis) {
        Candidate candidate = new Candidate(seen, Reason.NEW);
        return new Want(inspects(basis) ? WantedPartition.ofEmpty(candidate) : WantedPartition.of(candidate));
    }

    /** A calendar registers empty periods, which need no inspection. */
    private static boolean inspects(Basis basis) {
        return !(basis.rules().lateData() instanceof SelectionRules.LateData.Never);
    }

    private static PartitionDecision ofRegistered(RegisteredPartition known, Partition seen, Basis basis) {
        Partition partition = known.madeAnew(basis.mapping().restated(seen, known.values()));
        Candidate candidate = new Candidate(partition, Reason.LATE);
        WantedPartition wanted = WantedPartition.changed(candidate, known);
        boolean isWanted = switch (basis.rules().lateData()) {
            case SelectionRules.LateData.Never never -> false;
            case SelectionRules.LateData.Filled filled ->
                wanted.wasEmpty() || (wanted.isCompared() && isKnownAsLate(known, basis));
            case SelectionRules.LateData.Compared compared -> wanted.isCompared();
            case SelectionRules.LateData.ComparedFrom from ->
                wanted.wasEmpty()
                        || (wanted.isCompared() && (begins(known, from, basis) || isKnownAsLate(known, basis)));
            case SelectionRules.LateData.All all -> true;
        };
        Optional<S3Location> outside = inspects(basis) ? basis.mapping().outside(known) : Optional.empty();
        if (outside.isPresent()) {
            return new Want(wanted.registeredOutside(outside.get(), isWanted));
        }
        if (isWanted && basis.rules().lateData() instanceof SelectionRules.LateData.All) {
            return new Want(
                    basis.mapping().uriOf(known).map(wanted::registeredAt).orElse(wanted));
        }
        // Readers get nothing of what was seen, whatever is wanted of late data.
        if (inspects(basis) && basis.mapping().isElsewhere(known, seen)) {
            return new Want(wanted.registeredAt(known.location().orElseThrow()));
        }
        return isWanted ? new Want(wanted) : new Leave();
    }

    /** Whether it waits with late data: then it is inspected, whatever its period, until it is ready or as it was. */
    private static boolean isKnownAsLate(RegisteredPartition known, Basis basis) {
        return basis.time().of(known.values()).filter(basis.late()::contains).isPresent();
    }

    private static boolean begins(RegisteredPartition known, SelectionRules.LateData.ComparedFrom from, Basis basis) {
        return basis.time()
                .of(known.values())
                .filter(moment -> !moment.isBefore(from.first()))
                .isPresent();
    }
}
