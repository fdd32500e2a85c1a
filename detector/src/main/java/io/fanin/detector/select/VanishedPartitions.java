package io.fanin.detector.select;

import io.fanin.detector.inspect.Inspected;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.detection.Vanished;
import io.fanin.model.run.detection.VanishedList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Registered partitions whose data is gone. */
public sealed interface VanishedPartitions permits VanishedSearch, VanishedPartitions.NotSought {

    /**
     * Checks the registered partitions of a chunk.
     *
     * @param inspected the inspected ones; the run processes those that are ready, so their data exists or is made
     *     again
     * @param toVerify the partitions that the run processes because nobody has looked at them: what becomes of them is
     *     reported in any case; asked for when all of the catalog was read
     */
    void take(List<ObservedPartition> chunk, List<Inspected> inspected, Supplier<Set<PartitionValues>> toVerify);

    /** The findings; empty if vanished partitions were not searched for. */
    Optional<Vanished> found();

    /** The partitions that the run is to deregister; empty if it is to deregister none. */
    Optional<VanishedList> list();

    /**
     * Of those that the run is to deregister, the raw data of which they were made and that is still there: once
     * deregistered, they are as new, and a run has to look there again.
     */
    List<Partition> withRawData();

    /** Vanished partitions are not searched for. */
    record NotSought() implements VanishedPartitions {

        @Override
        public void take(
                List<ObservedPartition> chunk, List<Inspected> inspected, Supplier<Set<PartitionValues>> toVerify) {}

        @Override
        public Optional<Vanished> found() {
            return Optional.empty();
        }

        @Override
        public Optional<VanishedList> list() {
            return Optional.empty();
        }

        @Override
        public List<Partition> withRawData() {
            return List.of();
        }
    }
}
