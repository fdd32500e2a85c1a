package io.fanin.detector.select;

import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.record.ProgressScope;
import io.fanin.detector.catalog.PublishedTableState;
import io.fanin.detector.catalog.TableSnapshot;
import io.fanin.detector.select.SelectionRules.Coverage;
import io.fanin.model.run.detection.Candidate;
import io.fanin.model.run.detection.UnverifiedCount;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/** Registered partitions that another tool has registered and no run has processed. */
public sealed interface UnverifiedPartitions permits UnverifiedSearch, UnverifiedPartitions.NotCounted {

    /** Takes a partition that the catalog has; called by several threads at a time. */
    void take(RegisteredPartition partition);

    /** Counts a partition that was outstanding or waived until another tool has registered it. */
    void healed(RegisteredPartition partition);

    /**
     * The beginning of the part of the catalog that has to be read for the count.
     *
     * @param window the beginning of the part that is read in any case
     */
    LocalDateTime countedFrom(LocalDateTime window);

    /** Whether the whole catalog has to be read, although the window is not the whole table. */
    boolean needsWholeCatalog();

    /** Those that the run is to process, the newest first. */
    List<Candidate> toVerify();

    /**
     * Their number once the run has processed {@link #toVerify}; empty if it is as the table's record has it, or they
     * were not counted.
     *
     * @param known registered periods, among them the newest one
     * @param hasWork whether the run changes the table in any case
     */
    Optional<UnverifiedCount> count(List<LocalDateTime> known, boolean hasWork);

    /**
     * The partitions of a table that are counted by these rules. While the spec has old ones verified, the whole
     * catalog is read; else from the coverage's beginning on, and without an earlier count those before it are not
     * known.
     *
     * @param basis of the table as it is now
     */
    static UnverifiedPartitions of(
            TableSnapshot snapshot, PublishedTableState published, SelectionRules rules, ProgressScope basis) {
        Optional<UnverifiedCount> known = published.record().unverifiedOf(basis);
        EarlierCount ofAll = known.<EarlierCount>map(EarlierCount.Whole::new).orElseGet(EarlierCount.None::new);
        return switch (rules.coverage()) {
            case Coverage.Whole whole -> new UnverifiedSearch(snapshot, published, ofAll, rules);
            case Coverage.From(LocalDateTime first) -> {
                Optional<UnverifiedCount> since = known.flatMap(count -> count.from(first));
                boolean mayBeOld =
                        since.map(count -> count.old().verifiable() > 0).orElse(true);
                if (mayBeOld && UnverifiedSearch.most(snapshot.spec(), published.record()) > 0) {
                    yield new UnverifiedSearch(snapshot, published, ofAll, rules);
                }
                yield since.flatMap(count -> count.boundary().map(boundary -> new EarlierCount.From(count, boundary)))
                        .<UnverifiedPartitions>map(from -> new UnverifiedSearch(snapshot, published, from, rules))
                        .orElseGet(NotCounted::new);
            }
            case Coverage.Part part -> new NotCounted();
            case Coverage.Events events -> new NotCounted();
        };
    }

    /** They are not counted: the catalog is not read, or the number of those before the window is not known. */
    record NotCounted() implements UnverifiedPartitions {

        @Override
        public void take(RegisteredPartition partition) {}

        @Override
        public void healed(RegisteredPartition partition) {}

        @Override
        public LocalDateTime countedFrom(LocalDateTime window) {
            return window;
        }

        @Override
        public boolean needsWholeCatalog() {
            return false;
        }

        @Override
        public List<Candidate> toVerify() {
            return List.of();
        }

        @Override
        public Optional<UnverifiedCount> count(List<LocalDateTime> known, boolean hasWork) {
            return Optional.empty();
        }
    }
}
