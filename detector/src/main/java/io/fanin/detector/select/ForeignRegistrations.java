package io.fanin.detector.select;

import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.detector.catalog.ForeignPartitions;
import io.fanin.detector.catalog.TakenFolders;
import io.fanin.detector.walk.SkipLog;
import io.fanin.model.layout.Skip;
import io.fanin.model.layout.SkipReason;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionTime;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.detection.Candidate;
import io.fanin.model.run.detection.Reason;
import io.fanin.model.spec.SpecException;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * Keeps a run from replacing or duplicating rows of partitions that other tools have registered, and names each such
 * prefix among the skipped ones.
 */
final class ForeignRegistrations {

    private final ForeignPartitions foreign;
    private final SkipLog skips;
    private final PartitionTime time;
    private final LocalDateTime begun;
    private final TakenFolders taken = new TakenFolders();

    /**
     * @param skips receives the skipped names
     * @param begun the latest period that has begun
     */
    ForeignRegistrations(ForeignPartitions foreign, SkipLog skips, PartitionTime time, LocalDateTime begun) {
        this.foreign = foreign;
        this.skips = skips;
        this.time = time;
        this.begun = begun;
    }

    /** Names a candidate among the skipped ones if it is left to other tools; returns whether it is. */
    boolean skipIfForeign(ObservedPartition observed, RecordedPartition recorded, Candidate candidate) {
        return switch (recorded) {
            case RecordedPartition.Failed failed
            when observed.registered().isEmpty() -> skipAndCountIfTaken(candidate.partition());
            case RecordedPartition.GivenUp waived
            when observed.registered().isEmpty() -> skipIfTaken(candidate.partition());
            default -> skipIfForeign(observed, candidate);
        };
    }

    /**
     * The same for a partition of another tool to which data has come. It stays as it is if readers would lose the rows
     * that they have elsewhere, or would read these in another way.
     */
    private boolean skipIfForeign(ObservedPartition observed, Candidate candidate) {
        Optional<RegisteredPartition> known =
                candidate.reason() == Reason.LATE ? observed.registered() : Optional.empty();
        String prefix = candidate.partition().dataPrefix();
        known.flatMap(registered -> foreign.apart(registered, prefix)).ifPresent(skips::add);
        return known.filter(registered -> foreign.isElsewhere(registered, prefix))
                        .isPresent()
                || known.filter(foreign::isReadInItsOwnWay).isPresent();
    }

    /** Names data that readers do not get, because another tool has the partition elsewhere. */
    void noteApart(ObservedPartition observed) {
        observed.registered()
                .ifPresent(known -> observed.prefixes().stream()
                        .limit(1)
                        .flatMap(seen -> foreign.apart(known, seen.dataPrefix()).stream())
                        .forEach(skips::add));
    }

    /** Names data that readers get twice, because the catalog has its folder, or its partition, twice. */
    void noteTwice(ObservedPartition observed) {
        if (observed.registered().isEmpty() || observed.prefixes().isEmpty()) {
            return;
        }
        RegisteredPartition known = observed.registered().get();
        Partition seen = observed.prefixes().getFirst();
        observed.others()
                .forEach(other -> skips.add(new Skip(
                        seen.dataPrefix(),
                        SkipReason.CONFLICT,
                        Skip.TWICE + known.values().values() + " and " + other.values())));
        foreign.takenAt(seen.prefix()).ifPresent(values -> skips.add(taken(seen, values)));
    }

    /** Whether another tool has registered a partition before its period has begun: its folder may have no data. */
    boolean isRegisteredAhead(RegisteredPartition known) {
        return known.run().isEmpty()
                && time.of(known.values()).filter(begun::isBefore).isPresent();
    }

    /**
     * Skips a partition that is not registered if its folder is registered under other values: with those of the
     * layout, readers would have its rows twice. Returns whether that is so.
     */
    boolean skipIfTaken(Partition partition) {
        Optional<PartitionValues> registered = foreign.takenAt(partition.prefix());
        registered.ifPresent(values -> skips.add(taken(partition, values)));
        return registered.isPresent();
    }

    /** The same for a partition that counts: if most are such, the run fails. */
    boolean skipAndCountIfTaken(Partition partition) {
        foreign.takenAt(partition.prefix()).ifPresent(values -> taken.add(partition, values));
        return skipIfTaken(partition);
    }

    private static Skip taken(Partition partition, PartitionValues values) {
        return new Skip(
                partition.dataPrefix(),
                SkipReason.CONFLICT,
                Skip.TAKEN + values.values() + ", under which readers have its rows");
    }

    /**
     * Requires that all folders are known which are registered under other values.
     *
     * @throws SpecException if they are too many
     */
    void requireAllKnown() {
        foreign.requireFew();
    }

    /**
     * Requires that layout and catalog belong together.
     *
     * @param found the number of partitions in S3, of the whole table
     * @throws SpecException if most of them would be registered a second time
     */
    void requireFewOf(long found) {
        taken.requireFewOf(found);
    }
}
