package io.fanin.detector.select;

import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.record.ProgressScope;
import io.fanin.detector.select.SelectionRules.Coverage;
import io.fanin.model.run.detection.UnverifiedCount;
import java.time.LocalDateTime;
import java.util.Optional;

/** Registered partitions that another tool has registered and no run has processed. */
public sealed interface UnverifiedPartitions permits UnverifiedSearch, UnverifiedPartitions.NotCounted {

    /** Takes a partition that the catalog has; called by several threads at a time. */
    void take(RegisteredPartition partition);

    /**
     * The beginning of the part of the catalog that has to be read for the count.
     *
     * @param window the beginning of the part that is read in any case
     */
    LocalDateTime countedFrom(LocalDateTime window);

    /**
     * Their number; empty if it is as the table's record has it, or they were not counted.
     *
     * @param newest the newest registered period
     * @param hasWork whether the run changes the table in any case
     */
    Optional<UnverifiedCount> count(Optional<LocalDateTime> newest, boolean hasWork);

    /**
     * The partitions of a table that are counted with this coverage. The catalog is read from its beginning on; without
     * an earlier count, those before it are not known.
     *
     * @param basis of the table as it is now
     */
    static UnverifiedPartitions of(
            TableSnapshot snapshot, PublishedTableState published, Coverage coverage, ProgressScope basis) {
        Optional<UnverifiedCount> known = published.record().unverifiedOf(basis);
        return switch (coverage) {
            case Coverage.Whole whole -> new UnverifiedSearch(snapshot, published, known, Optional.empty());
            case Coverage.From(LocalDateTime first) ->
                known.flatMap(count -> count.from(first))
                        .<UnverifiedPartitions>map(count ->
                                new UnverifiedSearch(snapshot, published, Optional.of(count), count.boundary()))
                        .orElseGet(NotCounted::new);
            case Coverage.Part part -> new NotCounted();
            case Coverage.Events events -> new NotCounted();
        };
    }

    /** They are not counted: the catalog is not read, or the number of those before the window is not known. */
    record NotCounted() implements UnverifiedPartitions {

        @Override
        public void take(RegisteredPartition partition) {}

        @Override
        public LocalDateTime countedFrom(LocalDateTime window) {
            return window;
        }

        @Override
        public Optional<UnverifiedCount> count(Optional<LocalDateTime> newest, boolean hasWork) {
            return Optional.empty();
        }
    }
}
