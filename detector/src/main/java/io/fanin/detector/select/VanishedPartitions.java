package io.fanin.detector.select;

import io.fanin.detector.inspect.Inspected;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.detection.Candidate;
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
     * @return those to make again instead of deregistering them: the raw data of which they were made is there
     */
    List<Candidate> take(
            List<ObservedPartition> chunk, List<Inspected> inspected, Supplier<Set<PartitionValues>> toVerify);

    /** The findings; empty if vanished partitions were not searched for. */
    Optional<Vanished> found();

    /** The partitions that the run is to deregister; empty if it is to deregister none. */
    Optional<VanishedList> list();

    /** Vanished partitions are not searched for. */
    record NotSought() implements VanishedPartitions {

        @Override
        public List<Candidate> take(
                List<ObservedPartition> chunk, List<Inspected> inspected, Supplier<Set<PartitionValues>> toVerify) {
            return List.of();
        }

        @Override
        public Optional<Vanished> found() {
            return Optional.empty();
        }

        @Override
        public Optional<VanishedList> list() {
            return Optional.empty();
        }
    }
}
