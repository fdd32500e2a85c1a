package io.fanin.detector.select;

import io.fanin.core.record.Waived;
import io.fanin.detector.walk.SkipLog;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionTime;
import io.fanin.model.partition.Periods;
import io.fanin.model.run.Named;
import io.fanin.model.run.RunId;
import io.fanin.model.run.detection.CatalogChanges;
import io.fanin.model.run.detection.DetectionCounts;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.MissingPeriods;
import io.fanin.model.run.detection.Vanished;
import io.fanin.model.spec.Gaps;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Counts the partitions in a selection, and keeps the times that determine the table's progress. */
final class SelectionAccount {

    private final SelectionRules rules;
    private final List<PartitionKey> keys;
    private final PartitionTime time;
    private final Optional<GapTracker> gaps;
    private final SampledCount waiting = new SampledCount();
    private final SampledCount setAside = new SampledCount();
    private final Collection<Waived> waived;
    private long found;
    private long registered;
    private Optional<LocalDateTime> newest = Optional.empty();
    private Optional<LocalDateTime> open = Optional.empty();

    /** @param waived periods for which no prefix is expected */
    SelectionAccount(SelectionRules rules, List<PartitionKey> keys, Collection<Waived> waived) {
        this.rules = rules;
        this.keys = keys;
        this.time = new PartitionTime(keys);
        this.gaps = rules.gaps().flatMap(wanted -> new Periods(keys).unit()).map(GapTracker::new);
        this.waived = waived;
    }

    void found(Partition partition, boolean isRegistered) {
        found++;
        registered += isRegistered ? 1 : 0;
        Optional<LocalDateTime> moment = time.of(partition.values()).filter(one -> !one.isAfter(rules.horizon()));
        moment.ifPresent(one -> gaps.ifPresent(all -> all.add(one)));
        if (isRegistered) {
            newest = newest.filter(one -> moment.isEmpty() || !one.isBefore(moment.get()))
                    .or(() -> moment);
        }
    }

    void waits(Partition partition, String why) {
        waiting.add(Named.of(partition, keys, why));
        leaveOpen(partition);
    }

    void setAside(Partition partition, String why) {
        setAside.add(Named.of(partition, keys, why));
    }

    /** The table is not complete from this partition on, although the partition has not failed. */
    void leaveOpen(Partition partition) {
        time.of(partition.values()).ifPresent(this::leaveOpen);
    }

    private void leaveOpen(LocalDateTime moment) {
        open = open.filter(one -> !one.isAfter(moment)).or(() -> Optional.of(moment));
    }

    /** Where other keys are beside those that are times, a period has other partitions too. */
    private void fill(GapTracker tracker) {
        waived.stream()
                .map(Waived::values)
                .flatMap(values ->
                        time
                                .of(values)
                                .filter(moment ->
                                        new Periods(keys).valuesAt(moment).isPresent())
                                .stream())
                .forEach(tracker::fill);
    }

    /**
     * What was seen.
     *
     * @param from where the listing began
     * @param vanished empty where nobody has looked for data that vanished
     */
    DetectionReport report(
            Optional<LocalDateTime> from,
            PendingPartitions candidates,
            SkipLog skips,
            Optional<RunId> changedBy,
            Optional<Vanished> vanished) {
        gaps.ifPresent(this::fill);
        if (rules.gaps().filter(wanted -> wanted == Gaps.OUTSTANDING).isPresent()) {
            gaps.flatMap(GapTracker::firstMissing).ifPresent(this::leaveOpen);
        }
        return new DetectionReport(
                from.map(LocalDateTime::toString),
                new DetectionCounts(
                        found,
                        registered,
                        candidates.pending(),
                        waiting.tally(),
                        setAside.tally(),
                        gaps.map(GapTracker::missing).orElse(MissingPeriods.NONE),
                        skips.all(),
                        new CatalogChanges(vanished, List.of())),
                changedBy,
                Optional.of(rules.horizon().toString()),
                newest.map(LocalDateTime::toString),
                open.map(LocalDateTime::toString),
                Optional.empty());
    }
}
