package io.fanin.detector.select;

import io.fanin.core.record.RecordedWaiver;
import io.fanin.core.record.TableRecord;
import io.fanin.detector.walk.SkipLog;
import io.fanin.model.layout.SkipReason;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionTime;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.partition.Periods;
import io.fanin.model.run.PartitionLabel;
import io.fanin.model.run.detection.CatalogChanges;
import io.fanin.model.run.detection.DetectionCounts;
import io.fanin.model.run.detection.DetectionReport;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Counts the partitions of a selection, and keeps the times that determine the table's progress. */
final class SelectionAccount {

    /**
     * The maximum number of periods that are looked at in each run because they wait with late data: the first ones.
     */
    private static final int MAX_LATE = 100;

    private final SelectionRules rules;
    private final TableRecord record;
    private final LocalDateTime horizon;
    private final List<PartitionKey> keys;
    private final PartitionTime time;
    private final Periods.Length unit;
    private final boolean countsGaps;
    private final GapTracker gaps;
    private final GapTracker exempt;
    private final SampledCount waiting = new SampledCount();
    private final SampledCount setAside = new SampledCount();
    private long found;
    private long registered;
    private LocalDateTime newest;
    private LocalDateTime oldest;
    private LocalDateTime open;
    private final NavigableSet<LocalDateTime> late = new TreeSet<>();
    private boolean someStayOutside;
    private LocalDateTime assumed;

    /**
     * An account of nothing yet.
     *
     * @param record the table's
     */
    SelectionAccount(SelectionRules rules, TableRecord record, List<PartitionKey> keys) {
        this.rules = rules;
        this.record = record;
        this.horizon = rules.horizon(record);
        this.keys = keys;
        this.time = new PartitionTime(keys);
        Optional<Periods.Length> length = new Periods(keys).length();
        this.countsGaps = rules.coverage().seesWholeTable() && length.isPresent();
        this.unit = length.orElse(new Periods.Length(ChronoUnit.HOURS, 1));
        this.gaps = new GapTracker(unit);
        this.exempt = new GapTracker(unit);
    }

    void addFound(boolean isRegistered) {
        found++;
        registered += isRegistered ? 1 : 0;
    }

    /** Records that something of a partition is there: its period is not missing. */
    void addPresent(PartitionValues values) {
        if (countsGaps) {
            begun(values).filter(this::isListed).ifPresent(gaps::add);
        }
    }

    /** Records that a partition is registered with data. */
    void addRegistered(PartitionValues values) {
        begun(values).ifPresent(moment -> {
            newest = newest == null || moment.isAfter(newest) ? moment : newest;
            oldest = oldest == null || moment.isBefore(oldest) ? moment : oldest;
        });
    }

    /** Records that a registered partition has been made of raw data that is gone: its period is not missing. */
    void addWithRawDataGone(PartitionValues values) {
        addRegistered(values);
        addPresent(values);
    }

    /** The period of a partition, if it can have begun. */
    private Optional<LocalDateTime> begun(PartitionValues values) {
        return time.of(values).filter(moment -> !moment.isAfter(horizon));
    }

    /**
     * Between a failure from before the window, which is only retried, and the window nothing is known to be missing.
     */
    private boolean isListed(LocalDateTime moment) {
        return rules.coverage().beginning().filter(moment::isBefore).isEmpty();
    }

    /** The number of partitions in S3. */
    long found() {
        return found;
    }

    void addWaiting(Partition partition, String why) {
        waiting.add(PartitionLabel.of(partition, keys, why));
        leaveOpen(partition);
    }

    /** Records that no prefix is expected for a partition: its period is not missing, if there are others around it. */
    void addExempt(PartitionValues values) {
        if (countsGaps) {
            begun(values).ifPresent(exempt::add);
        }
    }

    /** Records that a registered partition waits, most likely with late data. */
    void addWaitingWithLateData(Partition partition) {
        time.of(partition.values()).ifPresent(late::add);
        if (late.size() > MAX_LATE) {
            late.pollLast();
        }
    }

    /** Records that a partition is left where the table was before. */
    void addOutside() {
        someStayOutside = true;
    }

    void addSetAside(Partition partition, String why) {
        setAside.add(PartitionLabel.of(partition, keys, why));
    }

    /** Records that the table is not complete from this partition on, although the partition has not failed. */
    void leaveOpen(Partition partition) {
        time.of(partition.values()).ifPresent(this::leaveOpen);
    }

    private void leaveOpen(LocalDateTime moment) {
        if (open == null || moment.isBefore(open)) {
            open = moment;
        }
    }

    /**
     * The periods of waived partitions, for which no prefix is expected: none where there are keys other than times,
     * since a period has other partitions then, too.
     */
    private Set<LocalDateTime> periodsOf(Collection<RecordedWaiver> waived) {
        Periods periods = new Periods(keys);
        return waived.stream()
                .flatMap(one -> time.of(one.values()).stream())
                .filter(moment -> periods.valuesAt(moment).isPresent())
                .collect(Collectors.toSet());
    }

    /** The first period that an earlier run has left open, in a detection that does not look at what lies before. */
    private Optional<LocalDateTime> openedEarlier() {
        return rules.coverage()
                .beginning()
                .flatMap(first -> record.progress().open().map(LocalDateTime::parse));
    }

    /**
     * Counts the periods without a prefix. An open period stays missing while its window moves on, since the periods
     * before it may have been waived or deleted.
     */
    private void countGaps(Set<LocalDateTime> waived) {
        Optional<LocalDateTime> expected =
                rules.gapsAreOutstanding() ? openedEarlier().filter(gaps::expectFrom) : Optional.empty();
        gaps.fillSkipped(rules.zone());
        gaps.fill(exempt);
        waived.forEach(gaps::fill);
        assumed = (gaps.isEmpty()
                        ? openWhileSomeWereMissing()
                        : expected.filter(open -> isMoreMissing() || isPeriodBeforeGone(open, waived)))
                .orElse(null);
    }

    private Optional<LocalDateTime> openWhileSomeWereMissing() {
        return record.progress()
                .open()
                .filter(open -> record.progress().missing().isPresent())
                .map(LocalDateTime::parse);
    }

    /** The last scan has not counted what it left open as missing. */
    private boolean isMoreMissing() {
        return gaps.missing().count() > record.progress().missing().orElse(0);
    }

    /** What lies before an open period is listed with it: if it is gone, more may be. */
    private boolean isPeriodBeforeGone(LocalDateTime open, Set<LocalDateTime> waived) {
        LocalDateTime before = rules.zone().periodBefore(open, unit);
        return !waived.contains(before) && !exempt.has(before);
    }

    /**
     * When the table's former locations were last checked. A time less than a day old is kept, so that not every run
     * changes the record. Empty without time keys: such a table is always listed whole.
     */
    private Optional<Instant> outside() {
        return Optional.of(rules.time())
                .filter(now -> someStayOutside && time.hasTime())
                .map(now -> record.progress()
                        .outside()
                        .filter(last -> !SelectionRules.isOutsideCheckDue(last, now))
                        .orElse(now));
    }

    /**
     * The report of the selection.
     *
     * @param waived periods for which no prefix is expected
     */
    DetectionReport report(
            PendingPartitions candidates,
            SkipLog skips,
            Collection<RecordedWaiver> waived,
            VanishedPartitions vanished,
            UnverifiedPartitions unverified) {
        if (countsGaps) {
            countGaps(periodsOf(waived));
        }
        if (rules.gapsAreOutstanding()) {
            gaps.firstMissing().ifPresent(this::leaveOpen);
        }
        return new DetectionReport(
                rules.coverage().beginning().map(LocalDateTime::toString),
                new DetectionCounts(
                        found,
                        registered,
                        candidates.pending(),
                        waiting.tally(),
                        setAside.tally(),
                        gaps.missing(),
                        skips.all(),
                        new CatalogChanges(vanished.found(), List.of())),
                record.lastChange(),
                new DetectionReport.SeenPeriods(
                        Optional.of(horizon.toString()),
                        Optional.ofNullable(newest).map(LocalDateTime::toString),
                        Optional.ofNullable(oldest).map(LocalDateTime::toString),
                        Optional.ofNullable(open).map(LocalDateTime::toString),
                        late.stream().map(LocalDateTime::toString).toList(),
                        Optional.ofNullable(assumed).map(LocalDateTime::toString)),
                outside(),
                noneFits(skips) ? Optional.empty() : unverified.count(newestKnown(), candidates.count() > 0),
                DetectionReport.SeenTable.NONE);
    }

    /** Such a table may have another layout, by which its registered partitions would be counted in another way. */
    private boolean noneFits(SkipLog skips) {
        return found == 0 && skips.all().reasons().keySet().stream().anyMatch(SkipReason::isUnfit);
    }

    /** The newest registered periods that are known, of this detection and of the record. */
    private List<LocalDateTime> newestKnown() {
        return Stream.concat(
                        Stream.ofNullable(newest),
                        record.progress().newest().stream().map(LocalDateTime::parse))
                .toList();
    }
}
