package io.fanin.core.record;

import io.fanin.core.partition.PartitionTime;
import io.fanin.core.partition.PartitionValues;
import io.fanin.core.run.detection.DetectionReport;
import io.fanin.core.spec.Gaps;
import io.fanin.core.spec.TableSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * How far a table is: the newest period that is registered, and the newest before which nothing is left to do, as ISO local
 * date-times. The latter never runs ahead of what is outstanding or open; where nothing registered is known to lie before
 * that, there is none.
 *
 * <p>Only a run that looked at the whole table knows that nothing lies unseen before what it registers. Any other may take
 * it back, and by healing a failure lead it again to the newest period of such a run, never further. A run that takes up
 * what another left has that run's spec, and counts as it did: it saw all of what it processes.
 */
public final class Watermark {

    private final TableSpec spec;
    private final PartitionTime time;
    private final int keys;
    private final boolean seesWholeTable;
    private final boolean countsGaps;
    private final Optional<LocalDateTime> horizon;
    private final ProgressScope basis;

    private Watermark(TableSpec spec, ProgressScope basis, Optional<LocalDateTime> horizon) {
        this.spec = spec;
        this.time = new PartitionTime(spec.definition().keys());
        this.keys = spec.definition().keys().size();
        this.seesWholeTable = spec.detectionOrDefault().seesWholeTable();
        this.countsGaps = spec.detectionOrDefault()
                .gaps()
                .filter(gaps -> gaps == Gaps.OUTSTANDING)
                .isPresent();
        this.horizon = horizon;
        this.basis = basis;
    }

    /**
     * As a run with this resolved spec moves it.
     *
     * @param basis of the table as it is now; a record's progress on another one is dropped
     */
    public static Watermark of(TableSpec spec, ProgressScope basis) {
        return new Watermark(spec, basis, Optional.empty());
    }

    /**
     * The same, but what is registered beyond the horizon is no progress: a producer's mistake may not make later runs pass
     * over all that comes before it.
     *
     * @param latest the latest moment at which a period can have begun
     */
    public Watermark upTo(Optional<LocalDateTime> latest) {
        return new Watermark(spec, basis, latest);
    }

    /**
     * The moment before which every period is registered or outstanding, as far as looks at the whole table have shown: a
     * later one may begin there, less what may still come late. Outstanding failures are remembered one by one, and do not
     * hold it back.
     *
     * @return empty where everything has to be looked at: nothing is registered, or the progress is about another table
     */
    public static Optional<LocalDateTime> in(TableRecord record, ProgressScope now) {
        return record.newest().isPresent() && record.isAbout(now)
                ? Stream.concat(record.newest().stream(), record.open().stream())
                        .map(LocalDateTime::parse)
                        .min(Comparator.naturalOrder())
                : Optional.empty();
    }

    /** How long ago a period began, in seconds: a table's own time is taken for UTC. */
    public static long secondsSince(String period, Instant now) {
        return Duration.between(LocalDateTime.parse(period), LocalDateTime.ofInstant(now, ZoneOffset.UTC))
                .toSeconds();
    }

    /** The record with its progress as it is when these partitions, too, are registered. */
    public TableRecord advanced(TableRecord record, Collection<PartitionValues> registered) {
        boolean ofAnother = record.basis().isPresent() && !record.isAbout(basis);
        return moved(ofAnother ? record.withoutProgress() : record, registered, Optional.empty());
    }

    /**
     * The same at the end of what a look at the table has led to: all that it found to be processed is registered, or
     * outstanding in the record. A look that saw nothing, or not the whole table, says nothing.
     */
    public TableRecord advanced(TableRecord record, Collection<PartitionValues> registered, DetectionReport look) {
        if (!seesWholeTable || !look.sawAnything()) {
            return advanced(record, registered);
        }
        TableRecord before = record.isAbout(basis) ? record : record.withoutProgress();
        TableRecord after = moved(before, registered, look.newest());
        Optional<String> open = look.open().filter(moment -> liesWithin(after, LocalDateTime.parse(moment)));
        Optional<ProgressScope> about =
                open.isPresent() || after.newest().isPresent() ? Optional.of(basis) : Optional.empty();
        return moved(after.withLook(open, about, missing(look)), registered, look.newest());
    }

    /** How many periods a look found to have no prefix, where the spec counts them as outstanding and there are any. */
    public OptionalLong missing(DetectionReport look) {
        long count = look.counts().missing().count();
        return countsGaps && count > 0 ? OptionalLong.of(count) : OptionalLong.empty();
    }

    /**
     * Whether something lies at or after the moment that is registered or, once it is healed, will be. What is open after
     * all of that holds nothing back, and would only change the record with each run.
     */
    private boolean liesWithin(TableRecord record, LocalDateTime moment) {
        return Stream.concat(record.newest().stream().map(LocalDateTime::parse), outstanding(record))
                .anyMatch(other -> !moment.isAfter(other));
    }

    private TableRecord moved(TableRecord record, Collection<PartitionValues> registered, Optional<String> seen) {
        Optional<LocalDateTime> firstLeft = Stream.concat(
                        outstanding(record), record.open().stream().map(LocalDateTime::parse))
                .min(Comparator.naturalOrder());
        Optional<LocalDateTime> completeThrough = known(record, registered, seen)
                .filter(moment -> firstLeft.isEmpty() || moment.isBefore(firstLeft.get()))
                .max(Comparator.naturalOrder());
        Optional<LocalDateTime> newest = known(record, registered, seen).max(Comparator.naturalOrder());
        return record.withProgress(completeThrough.map(LocalDateTime::toString), newest.map(LocalDateTime::toString));
    }

    private Stream<LocalDateTime> known(
            TableRecord record, Collection<PartitionValues> registered, Optional<String> seen) {
        Stream<LocalDateTime> before = Stream.of(record.completeThrough(), record.newest(), seen)
                .flatMap(Optional::stream)
                .map(LocalDateTime::parse);
        return seesWholeTable
                ? Stream.concat(
                        before, registered.stream().flatMap(this::moment).filter(this::canHaveBegun))
                : before;
    }

    private boolean canHaveBegun(LocalDateTime moment) {
        return horizon.filter(moment::isAfter).isEmpty();
    }

    private Stream<LocalDateTime> outstanding(TableRecord record) {
        return record.outstanding().stream()
                .flatMap(failure -> moment(failure.partition().values()));
    }

    /** None for values that do not go with the keys, because the table was created again with others. */
    private Stream<LocalDateTime> moment(PartitionValues values) {
        return values.values().size() == keys ? time.of(values).stream() : Stream.empty();
    }
}
