package io.fanin.detector.select;

import io.fanin.detector.inspect.Inspected;
import io.fanin.model.run.detection.Vanished;
import io.fanin.model.run.detection.VanishedList;
import java.util.List;
import java.util.Optional;

/** Registered partitions whose data is gone. */
public sealed interface VanishedPartitions permits VanishedSearch, VanishedPartitions.NotSought {

    /**
     * Checks the registered partitions of a chunk.
     *
     * @param inspected the inspected ones; the run processes those that are ready, so their data exists or is made
     *     again
     */
    void take(List<ObservedPartition> chunk, List<Inspected> inspected);

    /** The findings; empty if vanished partitions were not searched for. */
    Optional<Vanished> found();

    /** The partitions that the run is to deregister; empty if it is to deregister none. */
    Optional<VanishedList> list();

    /** Vanished partitions are not searched for. */
    record NotSought() implements VanishedPartitions {

        @Override
        public void take(List<ObservedPartition> chunk, List<Inspected> inspected) {}

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
