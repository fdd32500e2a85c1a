package io.fanin.detector.select;

import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.RecordedWaiver;
import io.fanin.core.record.TableRecord;
import io.fanin.detector.catalog.PublishedTableState;
import io.fanin.detector.catalog.TableSnapshot;
import io.fanin.detector.source.FolderValues;
import io.fanin.model.partition.EquivalentValues;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionTime;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.partition.Periods;
import io.fanin.model.run.detection.Candidate;
import io.fanin.model.run.detection.Reason;
import io.fanin.model.run.detection.UnverifiedCount;
import io.fanin.model.run.detection.UnverifiedCount.Share;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.detection.DetectionSpec;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.text.Utf8Order;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Counts the registered partitions that no run has processed, by day. Those that are outstanding or waived have been
 * processed.
 */
final class UnverifiedSearch implements UnverifiedPartitions {

    private static final Share ONE = new Share(1, 0);
    private static final Share ONE_ELSEWHERE = new Share(0, 1);
    private static final Share VERIFIED = new Share(-1, 0);

    /**
     * The number of outstanding partitions of a table from which on no further ones are verified: a table whose old
     * partitions all fail does not fill its record, and its runs are not busy with these alone.
     */
    private static final int MAX_OUTSTANDING = 1_000;

    /** A partition that a run may verify, with the beginning of its period. */
    private record Old(Partition partition, LocalDateTime period) {

        /** Of the same time, those are the oldest that S3 lists first. */
        private static final Comparator<Old> OLDEST_FIRST =
                Comparator.comparing(Old::period).thenComparing(old -> old.partition.prefix(), Utf8Order.INSTANCE);
    }

    /** The period of partitions without a time, which count as the oldest. */
    private static final LocalDateTime BEFORE_ALL = LocalDateTime.MIN;

    private final TableSnapshot snapshot;
    private final TableDefinition table;
    private final FolderValues folders;
    private final PartitionTime time;
    private final EquivalentValues forms;
    private final Set<PartitionValues> processed;
    private final EarlierCount earlier;
    private final SelectionRules rules;
    private final Periods periods;

    /** The latest period that has begun: partitions registered ahead of it do not count yet. */
    private final LocalDateTime begun;

    private final Duration lookback;
    private final NavigableMap<LocalDate, Share> days = new TreeMap<>();
    private final int most;
    private Share healedBefore = Share.NONE;
    private final PriorityQueue<Old> newest = new PriorityQueue<>(Old.OLDEST_FIRST);

    /** A search that has found none. */
    UnverifiedSearch(
            TableSnapshot snapshot, PublishedTableState published, EarlierCount earlier, SelectionRules rules) {
        this.snapshot = snapshot;
        this.table = snapshot.spec().definition();
        this.folders = FolderValues.of(table);
        this.time = new PartitionTime(table.keys());
        this.forms = published.forms();
        this.processed = Stream.concat(
                        published.record().outstanding().stream().map(OutstandingFailure::values),
                        published.record().waived().stream().map(RecordedWaiver::values))
                .map(forms::canonical)
                .collect(Collectors.toSet());
        this.earlier = earlier;
        this.rules = rules;
        this.periods = new Periods(table.keys());
        this.begun = rules.begun(published.record());
        this.most = most(snapshot.spec(), published.record());
        this.lookback = snapshot.spec().detection() instanceof DetectionSpec.Listing listing
                ? listing.lookbackOrDefault()
                : DetectionSpec.Listing.DEFAULT.lookbackOrDefault();
    }

    /** The maximum number of partitions that a run of this spec verifies. */
    static int most(ResolvedSpec spec, TableRecord record) {
        int left = Math.max(0, MAX_OUTSTANDING - record.outstanding().size());
        return Math.min(spec.partitionsToVerify(), left);
    }

    @Override
    public boolean needsWholeCatalog() {
        return !(earlier instanceof EarlierCount.From);
    }

    @Override
    public LocalDateTime countedFrom(LocalDateTime window) {
        return earlier instanceof EarlierCount.From(UnverifiedCount last, LocalDateTime boundary)
                        && boundary.isBefore(window)
                ? boundary
                : window;
    }

    @Override
    public synchronized void take(RegisteredPartition partition) {
        if (partition.run().isPresent() || processed.contains(forms.canonical(partition.values()))) {
            return;
        }
        LocalDateTime period = periodOf(partition.values());
        if (isCountedBefore(period) || period.isAfter(begun)) {
            return;
        }
        Optional<Partition> verifiable = verifiable(partition);
        add(period, verifiable.isPresent() ? ONE : ONE_ELSEWHERE);
        verifiable.filter(one -> isOver(period)).ifPresent(one -> newest.add(new Old(one, period)));
        if (newest.size() > most) {
            newest.remove();
        }
    }

    /**
     * No other count has it: it was among those that have been processed. The next run may verify it, and the next
     * whole count tells whether its storage is the table's.
     */
    @Override
    public void healed(RegisteredPartition partition) {
        LocalDateTime period = periodOf(partition.values());
        if (partition.run().isEmpty() && !period.isAfter(begun)) {
            Share share = verifiable(partition).isPresent() ? ONE : ONE_ELSEWHERE;
            if (isCountedBefore(period)) {
                healedBefore = healedBefore.and(share);
            } else {
                add(period, share);
            }
        }
    }

    /** Before, a partition that is registered ahead of its data may have none. */
    private boolean isOver(LocalDateTime period) {
        return period.equals(BEFORE_ALL) || rules.isOver(period, periods);
    }

    private boolean isCountedBefore(LocalDateTime period) {
        return earlier instanceof EarlierCount.From(UnverifiedCount last, LocalDateTime boundary)
                && period.isBefore(boundary);
    }

    private void add(LocalDateTime period, Share share) {
        days.merge(period.toLocalDate(), share, Share::and);
    }

    @Override
    public List<Candidate> toVerify() {
        return newest.stream()
                .sorted(Old.OLDEST_FIRST.reversed())
                .map(old -> new Candidate(old.partition(), Reason.UNVERIFIED))
                .toList();
    }

    /** Values that do not match the keys have no time; the catalog does not have these keys then either. */
    private LocalDateTime periodOf(PartitionValues values) {
        return values.values().size() == table.keys().size() ? time.of(values).orElse(BEFORE_ALL) : BEFORE_ALL;
    }

    /**
     * The partition with its registered prefix; empty if that is not where the layout has its values, or if its objects
     * are read in another way than the table's.
     */
    private Optional<Partition> verifiable(RegisteredPartition partition) {
        return partition
                .location()
                .filter(uri ->
                        snapshot.table().filter(partition.storage()::isThatOf).isPresent())
                .flatMap(S3Location::find)
                .filter(folder -> folders.areAt(folder, partition.values()))
                .map(folder -> new Partition(partition.values(), folder.prefix()));
    }

    @Override
    public Optional<UnverifiedCount> count(List<LocalDateTime> known, boolean hasWork) {
        Optional<LocalDateTime> lastBoundary = earlier.lastBoundary();
        if (!hasWork && isAsLast(lastBoundary.map(this::upTo).orElseGet(this::undivided))) {
            return Optional.empty();
        }
        newest.forEach(old -> add(old.period(), VERIFIED));
        return Optional.of(known.stream()
                .max(Comparator.naturalOrder())
                .map(moment -> moment.minus(lookback).toLocalDate().atStartOfDay())
                .filter(boundary -> lastBoundary.filter(boundary::isBefore).isEmpty())
                .or(() -> lastBoundary)
                .map(this::upTo)
                .orElseGet(this::undivided));
    }

    /** Whether the table's record need not be told of the count. */
    private boolean isAsLast(UnverifiedCount now) {
        return switch (earlier) {
            case EarlierCount.None none -> now.total() == 0 && most == 0;
            case EarlierCount.Whole(UnverifiedCount last) -> now.equals(last);
            case EarlierCount.From(UnverifiedCount last, LocalDateTime boundary) -> now.equals(last);
        };
    }

    /**
     * The count with this boundary, which is not before the last one if only a part of the catalog was read.
     *
     * @param boundary the beginning of a day
     */
    private UnverifiedCount upTo(LocalDateTime boundary) {
        LocalDate first = boundary.toLocalDate();
        return new UnverifiedCount(
                Optional.of(boundary.toString()),
                before().and(sum(days.headMap(first, false))),
                sum(days.tailMap(first, true)));
    }

    /** The count without a boundary. */
    private UnverifiedCount undivided() {
        return new UnverifiedCount(Optional.empty(), before().and(sum(days)), Share.NONE);
    }

    /** The share before all days that were counted. */
    private Share before() {
        return earlier instanceof EarlierCount.From(UnverifiedCount last, LocalDateTime boundary)
                ? last.old().and(healedBefore)
                : Share.NONE;
    }

    private static Share sum(NavigableMap<LocalDate, Share> part) {
        return part.values().stream().reduce(Share.NONE, Share::and);
    }
}
