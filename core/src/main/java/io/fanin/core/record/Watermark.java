package io.fanin.core.record;

import io.fanin.core.record.RecordedProgress.Reach;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.DetectionReport.SeenPeriods;
import io.fanin.model.run.detection.UnverifiedCount;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.detection.Gaps;
import io.fanin.model.table.KeyZone;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A table's progress: the newest registered period, and the newest one before which nothing is left to do, as ISO local
 * date-times. The latter is never later than an outstanding or open period; it is absent if nothing before that is
 * known to be registered. A period that was complete and has failed since, as by late data, takes it back to the period
 * before.
 *
 * <p>Only a run that scanned the whole table knows that it missed nothing before the periods that it registers. Any
 * other run may move the progress back, and, by healing a failure, forward again to the newest period of such a run,
 * but not further. A pass that continues such a run leads as far as that run's scan has found partitions: it may
 * process others as well, which another run has found since.
 */
public final class Watermark {

    private final ResolvedSpec spec;
    private final TablePeriods periods;
    private final boolean seesWholeTable;
    private final boolean countsGaps;
    private final Predicate<LocalDateTime> canHaveBegun;
    private final ProgressScope basis;

    private Watermark(ResolvedSpec spec, ProgressScope basis, Predicate<LocalDateTime> canHaveBegun) {
        this(spec, basis, canHaveBegun, new TablePeriods(spec.definition().keys(), spec.timeZoneOrUtc()));
    }

    private Watermark(
            ResolvedSpec spec, ProgressScope basis, Predicate<LocalDateTime> canHaveBegun, TablePeriods periods) {
        this.spec = spec;
        this.periods = periods;
        this.seesWholeTable = spec.detection().seesWholeTable();
        this.countsGaps =
                spec.detection().gaps().filter(gaps -> gaps == Gaps.OUTSTANDING).isPresent();
        this.canHaveBegun = canHaveBegun;
        this.basis = basis;
    }

    /**
     * The progress as changed by a run with this resolved spec.
     *
     * @param basis of the table as it is now; a record's progress on another one is dropped
     */
    public static Watermark of(ResolvedSpec spec, ProgressScope basis) {
        return new Watermark(spec, basis, moment -> true);
    }

    /**
     * The same progress, which ignores registered periods after a time: one partition dated in the future must not make
     * later runs skip everything before it.
     *
     * @param latest the latest time at which a period can have begun
     */
    public Watermark upTo(LocalDateTime latest) {
        return new Watermark(spec, basis, moment -> !moment.isAfter(latest));
    }

    /**
     * The time before which every period is registered or outstanding, according to scans of the whole table: a later
     * scan may begin there, minus the time for late data. Outstanding failures are recorded individually, and do not
     * hold it back.
     *
     * @return empty if everything has to be scanned: nothing is registered, the progress is that of another table, or
     *     the record says so
     */
    public static Optional<LocalDateTime> in(TableRecord record, ProgressScope now) {
        return newestIn(record, now)
                .filter(newest -> record.progress().reopened().isEmpty())
                .map(newest -> record.progress()
                        .open()
                        .map(LocalDateTime::parse)
                        .filter(newest::isAfter)
                        .orElse(newest));
    }

    /** The newest registered period; empty if the progress is that of another table. */
    public static Optional<LocalDateTime> newestIn(TableRecord record, ProgressScope now) {
        return record.progress().newest().filter(period -> record.isAbout(now)).map(LocalDateTime::parse);
    }

    /** The newest registered period; empty if the progress is that of another table. */
    public Optional<LocalDateTime> newest(TableRecord record) {
        return newestIn(record, basis);
    }

    /**
     * The record's progress after a pass without a scan has registered these partitions. Periods after the newest that
     * the last scan found do not count, since earlier ones may wait or be missing. If a run with another spec has
     * scanned the table since, none count: whatever that run saw waiting, missing or complete stays until the next
     * scan.
     */
    public TableRecord advanced(TableRecord record, Collection<PartitionValues> registered) {
        if (!isOfAnother(record)) {
            return moved(record, registered(registered).filter(foundIn(record)).toList(), SeenPeriods.NONE);
        }
        boolean isOfAnotherTable = record.progress()
                .basis()
                .flatMap(ProgressScope::tableCreated)
                .filter(created -> !basis.tableCreated().equals(Optional.of(created)))
                .isPresent();
        return isOfAnotherTable
                ? moved(record.withoutProgress(), List.of(), SeenPeriods.NONE)
                : ofRecord(record).moved(record, List.of(), SeenPeriods.NONE);
    }

    /** With the keys of the record's progress, since this run may read others as times, in other formats. */
    private Watermark ofRecord(TableRecord record) {
        return record.progress()
                .basis()
                .flatMap(scope -> scope.keysNamed(spec.definition().keys())
                        .map(known -> new TablePeriods(known, scope.timeZone().orElse(KeyZone.UTC))))
                .map(known -> new Watermark(spec, basis, canHaveBegun, known))
                .orElse(this);
    }

    private static Predicate<LocalDateTime> foundIn(TableRecord record) {
        Optional<LocalDateTime> last =
                record.progress().found().or(record.progress()::newest).map(LocalDateTime::parse);
        return moment -> last.filter(found -> !found.isBefore(moment)).isPresent();
    }

    private boolean isOfAnother(TableRecord record) {
        return record.progress().basis().isPresent() && !record.isAbout(basis);
    }

    /**
     * The record's progress at the end of a pass that began with a scan: every partition that the scan selected is
     * registered, or outstanding in the record. A scan that found nothing, or not of the whole table, is ignored,
     * except that its count of unverified partitions holds.
     */
    public TableRecord advanced(TableRecord record, Collection<PartitionValues> registered, DetectionReport detection) {
        if (!seesWholeTable) {
            return advanced(record, registered);
        }
        Optional<UnverifiedCount> unverified = detection.unverified().or(() -> record.unverifiedOf(basis));
        TableRecord scanned = scanned(record, registered, detection);
        return unverified
                .map(scanned::withUnverified)
                .orElseGet(() -> detection.sawAnything() ? scanned.withoutUnverified() : scanned);
    }

    /**
     * Opens the periods of partitions that a scan had seen, or that had failed, and that were empty when they were
     * processed. Their data may have moved to another spelling of the values, or be written again, so the next scan
     * lists them again. If missing periods count, it scans the whole table, since only the periods before one show
     * whether it is missing.
     */
    public TableRecord reopening(TableRecord record, Collection<PartitionValues> gone) {
        if (!record.isAbout(basis)) {
            return record;
        }
        List<PartitionValues> within = within(record, gone);
        TableRecord opened = opened(record, begin(within));
        return someRunsCountGaps(record)
                ? earliest(record.progress().reopened().stream(), begin(periods.filling(within)))
                        .map(opened::withReopened)
                        .orElse(opened)
                : opened;
    }

    /**
     * Opens a period, because the pass deregisters partitions that a later run makes again.
     *
     * @param first the earliest of these, and of all others that the detection has left open
     */
    public TableRecord leavingOpen(TableRecord record, LocalDateTime first) {
        return record.isAbout(basis) && liesWithin(record, first) ? opened(record, Stream.of(first)) : record;
    }

    private TableRecord opened(TableRecord record, Stream<LocalDateTime> moments) {
        return earliest(record.progress().open().stream(), moments)
                .map(first -> moved(record.withOpen(first), List.of(), SeenPeriods.NONE))
                .orElse(record);
    }

    /** Whether missing periods count in this run, or have counted in others that looked at the whole table. */
    private boolean someRunsCountGaps(TableRecord record) {
        return countsGaps || record.progress().counted().isPresent();
    }

    private List<PartitionValues> within(TableRecord record, Collection<PartitionValues> partitions) {
        return partitions.stream()
                .filter(values -> periods.of(values).anyMatch(moment -> liesWithin(record, moment)))
                .toList();
    }

    private Stream<LocalDateTime> begin(Collection<PartitionValues> partitions) {
        return partitions.stream().flatMap(periods::of);
    }

    private static Optional<String> earliest(Stream<String> known, Stream<LocalDateTime> moments) {
        return Stream.concat(known.map(LocalDateTime::parse), moments)
                .min(Comparator.naturalOrder())
                .map(LocalDateTime::toString);
    }

    /**
     * Opens the periods of partitions whose prefix holds only markers of folders, if missing periods count: the scan,
     * which lists no new partition, counted such a prefix as present. With keys other than times, a period may have
     * other partitions, and the next scan decides.
     */
    public TableRecord awaiting(TableRecord record, Collection<PartitionValues> notBegun) {
        return someRunsCountGaps(record) ? reopening(record, periods.filling(notBegun)) : record;
    }

    /**
     * The record after waivers of partitions without data have ended: their periods may be missing again, which only a
     * scan of the whole table shows. A run that sees a part of the table does not know whether missing periods count;
     * where a scan has counted them, others may do so again.
     */
    public TableRecord recountingMissing(TableRecord record, Collection<PartitionValues> ended) {
        boolean mayCount = !seesWholeTable || someRunsCountGaps(record);
        List<PartitionValues> whole = periods.filling(within(record, ended));
        return mayCount && record.isAbout(basis)
                ? earliest(record.progress().reopened().stream(), begin(whole))
                        .map(first ->
                                (someRunsCountGaps(record) ? reopening(record, whole) : record).withReopened(first))
                        .orElse(record)
                : record;
    }

    private TableRecord scanned(TableRecord record, Collection<PartitionValues> registered, DetectionReport detection) {
        if (!detection.sawAnything()) {
            return advanced(withNothingLeft(record, detection), registered);
        }
        TableRecord before = isOfAnother(record) ? record.withoutProgress() : record;
        List<LocalDateTime> reached = Stream.concat(
                        registered(registered), detection.newest().map(LocalDateTime::parse).stream())
                .toList();
        TableRecord after = moved(before, reached, SeenPeriods.NONE);
        Optional<String> open = detection.open().filter(moment -> liesWithin(after, LocalDateTime.parse(moment)));
        Optional<ProgressScope> about =
                open.isPresent() || after.progress().newest().isPresent() ? Optional.of(basis) : Optional.empty();
        // What was complete before this scan, not what would be if nothing were open.
        RecordedProgress scanned = new RecordedProgress(
                before.progress().completeThrough(),
                new Reach(
                        after.progress().newest(),
                        periods.outstanding(after)
                                .filter(canHaveBegun)
                                .max(Comparator.naturalOrder())
                                .map(LocalDateTime::toString),
                        detection.periods().late()),
                open,
                about,
                missing(detection),
                detection
                        .from()
                        .flatMap(from -> before.progress()
                                .reopenedAfter(from)
                                .or(() -> detection.periods().assumed())),
                detection.from().isPresent() ? before.progress().outside() : detection.outside(),
                counted(before, detection));
        boolean sawAll = detection.from().isEmpty() || before.progress().setsWindow(countsGaps);
        return moved(after.with(scanned), reached, sawAll ? detection.periods() : SeenPeriods.NONE);
    }

    /**
     * The record after a scan that found nothing. After a scan of the whole table no period is missing any more; after
     * a scan of a part, the next one decides.
     */
    private TableRecord withNothingLeft(TableRecord record, DetectionReport detection) {
        return detection
                .periods()
                .assumed()
                .filter(open -> record.isAbout(basis))
                .map(open -> detection.from().isPresent()
                        ? record.withReopened(open)
                        : record.with(record.progress().withoutGaps()))
                .orElse(record);
    }

    /**
     * Whether missing periods count in the progress: no longer after a scan that does not count them, if it saw some or
     * the record had some.
     */
    private Optional<Boolean> counted(TableRecord before, DetectionReport detection) {
        if (countsGaps && detection.from().isEmpty()) {
            return Optional.of(true);
        }
        return before.progress()
                .counted()
                .filter(since -> countsGaps
                        || (detection.counts().missing().count() == 0
                                && before.progress().missing().isEmpty()));
    }

    /**
     * The number of periods without a prefix in a scan; empty for none, or if the spec does not count them as
     * outstanding.
     */
    OptionalLong missing(DetectionReport detection) {
        long count = detection.counts().missing().count();
        return countsGaps && count > 0 ? OptionalLong.of(count) : OptionalLong.empty();
    }

    /**
     * Whether a registered or outstanding period is at or after the time. An open period after all of these does not
     * limit the progress, and would only change the record with each run.
     */
    private boolean liesWithin(TableRecord record, LocalDateTime moment) {
        return Stream.concat(record.progress().newest().stream().map(LocalDateTime::parse), periods.outstanding(record))
                .anyMatch(other -> !moment.isAfter(other));
    }

    /**
     * The record with its progress as far as it goes.
     *
     * @param reached registered periods that a scan of the whole table has found
     * @param seen by a scan that knows what came before it, or {@link SeenPeriods#NONE}
     */
    private TableRecord moved(TableRecord record, List<LocalDateTime> reached, SeenPeriods seen) {
        Optional<LocalDateTime> firstLeft = Stream.concat(
                        periods.outstanding(record),
                        record.progress().open().stream().map(LocalDateTime::parse))
                .min(Comparator.naturalOrder());
        Stream<LocalDateTime> through =
                known(record, reached).filter(moment -> firstLeft.isEmpty() || moment.isBefore(firstLeft.get()));
        Stream<LocalDateTime> moved = firstLeft.flatMap(left -> lastBefore(left, record, seen)).stream();
        Optional<LocalDateTime> completeThrough = Stream.concat(through, moved).max(Comparator.naturalOrder());
        Optional<LocalDateTime> newest = known(record, reached).max(Comparator.naturalOrder());
        RecordedProgress before = record.progress();
        return record.with(new RecordedProgress(
                completeThrough.map(Watermark::published),
                new Reach(
                        newest.map(LocalDateTime::toString),
                        before.found()
                                .filter(found -> newest.filter(last -> !last.isBefore(LocalDateTime.parse(found)))
                                        .isEmpty()),
                        before.late()),
                before.open(),
                before.basis(),
                before.missing(),
                before.reopened(),
                before.outside(),
                before.counted()));
    }

    /** In whole seconds, which all readers of the parameter understand. */
    private static String published(LocalDateTime moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /**
     * The period before the first one that is left: back from one that was complete and no longer is, or forward if a
     * scan has seen that nothing between them is left. If nothing was complete, the scan's oldest period is the
     * beginning. Empty if nothing before the period is known to be complete, or if the table's periods have no length.
     */
    private Optional<LocalDateTime> lastBefore(LocalDateTime left, TableRecord record, SeenPeriods seen) {
        boolean isBehind = record.isAbout(basis)
                && record.progress()
                        .newest()
                        .map(LocalDateTime::parse)
                        .filter(newest -> !newest.isBefore(left))
                        .isPresent();
        return record.progress()
                .completeThrough()
                .map(LocalDateTime::parse)
                .filter(through -> isBehind || !through.isBefore(left))
                .or(() -> seen.oldest().map(LocalDateTime::parse).filter(oldest -> isBehind && oldest.isBefore(left)))
                .flatMap(through -> periods.before(left));
    }

    private static Stream<LocalDateTime> known(TableRecord record, List<LocalDateTime> reached) {
        return Stream.concat(
                Stream.of(record.progress().completeThrough(), record.progress().newest())
                        .flatMap(Optional::stream)
                        .map(LocalDateTime::parse),
                reached.stream());
    }

    /** The periods of registered partitions that count: none of a run that sees a part of the table. */
    private Stream<LocalDateTime> registered(Collection<PartitionValues> registered) {
        return seesWholeTable ? registered.stream().flatMap(periods::of).filter(canHaveBegun) : Stream.empty();
    }
}
