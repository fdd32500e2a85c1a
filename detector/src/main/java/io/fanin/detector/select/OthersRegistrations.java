package io.fanin.detector.select;

import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.detector.catalog.Conflicts;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registrations of other tools, as far as they concern the plan of a run: no run takes rows from readers, or shows
 * them twice, and each name for which this matters is among the skipped ones.
 */
final class OthersRegistrations {

    private static final Logger LOG = LoggerFactory.getLogger(OthersRegistrations.class);

    private final ForeignPartitions foreign;
    private final Conflicts conflicts;
    private final SkipLog skips;
    private final PartitionTime time;
    private final LocalDateTime begun;
    private final TakenFolders taken = new TakenFolders();

    /**
     * @param skips receives the skipped names
     * @param begun the latest period that has begun
     */
    OthersRegistrations(
            ForeignPartitions foreign, Conflicts conflicts, SkipLog skips, PartitionTime time, LocalDateTime begun) {
        this.foreign = foreign;
        this.conflicts = conflicts;
        this.skips = skips;
        this.time = time;
        this.begun = begun;
    }

    /**
     * Whether a partition of another tool stays as it is, although data has come to it: readers would lose the rows
     * that they have elsewhere, or would read these in another way.
     */
    boolean leaves(ObservedPartition observed, Candidate candidate) {
        Optional<RegisteredPartition> known =
                candidate.reason() == Reason.LATE ? observed.registered() : Optional.empty();
        String prefix = candidate.partition().dataPrefix();
        Optional<String> elsewhere = known.flatMap(registered -> foreign.elsewhere(registered, prefix));
        elsewhere.ifPresent(place -> skips.add(conflicts.besides(place, prefix)));
        return elsewhere.isPresent() || known.filter(foreign::isReadInItsOwnWay).isPresent();
    }

    /** Names data that readers do not get, because another tool has the partition elsewhere. */
    void noteApart(ObservedPartition observed) {
        observed.prefixes().stream()
                .limit(1)
                .map(Partition::dataPrefix)
                .forEach(prefix -> observed.registered()
                        .flatMap(known -> foreign.apart(known, prefix))
                        .ifPresent(place -> skips.add(conflicts.besides(place, prefix))));
    }

    /** Names data that readers get twice, because the catalog has the partition in two spellings. */
    void noteTwice(ObservedPartition observed) {
        if (!observed.prefixes().isEmpty()) {
            observed.registered()
                    .ifPresent(known -> observed.others()
                            .forEach(other -> skips.add(new Skip(
                                    observed.prefixes().getFirst().dataPrefix(),
                                    SkipReason.CONFLICT,
                                    Skip.SAME_VALUES + other.values() + ", which the catalog has besides "
                                            + known.values().values() + ": drop one of the two there"))));
        }
    }

    /**
     * Whether a new partition's folder is registered under other values: with those of the layout, readers would have
     * its rows twice. An alias, which is no time where the layout has one, is that tool's affair.
     */
    boolean haveTaken(Partition partition) {
        Optional<PartitionValues> registered = foreign.takenAt(partition.prefix());
        if (registered.filter(values -> isAliasOf(partition, values)).isPresent()) {
            LOG.warn("{} is registered by another tool as {}, too", partition.prefix(), registered.get());
            return false;
        }
        registered.ifPresent(values -> {
            taken.add(partition, values);
            skips.add(new Skip(
                    partition.dataPrefix(),
                    SkipReason.CONFLICT,
                    Skip.TAKEN + values.values() + ", under which readers have its rows"));
        });
        return registered.isPresent();
    }

    private boolean isAliasOf(Partition partition, PartitionValues registered) {
        return time.of(partition.values()).isPresent() && time.of(registered).isEmpty();
    }

    /** Whether another tool has registered a partition before its period has begun: its folder may have no data. */
    boolean areAheadWith(RegisteredPartition known) {
        return known.run().isEmpty()
                && time.of(known.values()).filter(begun::isBefore).isPresent();
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
