package io.fanin.detector.select;

import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.PublishedParameters;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.Watermark;
import io.fanin.detector.catalog.PublishedTableState;
import io.fanin.model.partition.PartitionTime;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.partition.PeriodBounds;
import io.fanin.model.partition.Periods;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.LatestPeriod;
import io.fanin.model.spec.detection.Gaps;
import io.fanin.model.table.KeyZone;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.Set;

/**
 * The rules by which a run selects partitions, with all defaults resolved.
 *
 * @param time the run's reference time
 * @param zone of the table's time keys
 * @param coverage the part of the table that is observed
 * @param lateData the registered partitions that may be processed again
 * @param maxAttempts the number of failures after which a partition is set aside, or {@link #NEVER_SET_ASIDE}
 * @param takenUp the outstanding failures of the table that are processed again
 * @param gaps the meaning of periods without a prefix, if the whole table is observed
 * @param progress whether the findings can change the progress in the table's record
 */
public record SelectionRules(
        Instant time,
        KeyZone zone,
        Coverage coverage,
        LateData lateData,
        int maxAttempts,
        TakenUp takenUp,
        Gaps gaps,
        Progress progress) {

    /** Places that a table has left are looked at as often as this: each partition there takes a request. */
    private static final Duration OUTSIDE_AGAIN = Duration.ofDays(1);

    public static final int NEVER_SET_ASIDE = Integer.MAX_VALUE;

    /** The part of the table that is observed in S3, and the part of the catalog that was read for it. */
    public sealed interface Coverage {

        /** All of S3 and all of the catalog. */
        record Whole() implements Coverage {}

        /**
         * The partitions of S3 and of the catalog whose period begins at or after a time.
         *
         * @param first inclusive
         */
        record From(LocalDateTime first) implements Coverage {}

        /** Some prefixes or periods, and nothing of the catalog. */
        record Part() implements Coverage {}

        /**
         * The prefixes of events, and nothing of the catalog. A partition may have been removed again since, and the
         * prefixes that need no further work are recorded.
         */
        record Events() implements Coverage {}

        /** The beginning of the listing; empty if it has none. */
        default Optional<LocalDateTime> beginning() {
            return this instanceof From(LocalDateTime first) ? Optional.of(first) : Optional.empty();
        }

        /** Whether all possible new partitions are observed. */
        default boolean seesWholeTable() {
            return switch (this) {
                case Whole whole -> true;
                case From from -> true;
                case Part part -> false;
                case Events events -> false;
            };
        }

        /** Whether an observation without a registration is known not to be in the catalog. */
        default boolean knowsCatalogOf(PartitionValues values, PartitionTime time) {
            return switch (this) {
                case Whole whole -> true;
                case From(LocalDateTime first) ->
                    time.of(values).filter(moment -> !moment.isBefore(first)).isPresent();
                case Part part -> false;
                case Events events -> false;
            };
        }
    }

    /** The registered partitions that are processed again if their objects have changed. */
    public sealed interface LateData {

        /** None; no partition is inspected. */
        record Never() implements LateData {}

        /** Those that were registered before they had data. */
        record Filled() implements LateData {}

        /** Those with a known inventory at registration. */
        record Compared() implements LateData {}

        /**
         * Those with a known inventory whose period begins at or after a time, and of the others those that were
         * registered before they had data.
         *
         * @param first inclusive
         */
        record ComparedFrom(LocalDateTime first) implements LateData {}

        /** All, including those without a known inventory: an event reports that they changed. */
        record All() implements LateData {}

        static LateData comparedIf(boolean wanted) {
            return wanted ? new Compared() : new Filled();
        }
    }

    /** The outstanding failures of a table that are processed again. */
    public sealed interface TakenUp {

        record All() implements TakenUp {}

        /** The failures of periods that begin within bounds. */
        record Within(PeriodBounds bounds) implements TakenUp {}

        /**
         * The failures of periods that begin within bounds, of partitions that were not registered when they failed.
         */
        record UnregisteredWithin(PeriodBounds bounds) implements TakenUp {}

        default boolean includes(OutstandingFailure failure) {
            return switch (this) {
                case All all -> true;
                case Within(PeriodBounds bounds) -> bounds.hold(failure.values());
                case UnregisteredWithin(PeriodBounds bounds) ->
                    !failure.standing().exists() && bounds.hold(failure.values());
            };
        }
    }

    /** Whether findings can change the progress in a table's record. */
    public sealed interface Progress {

        /** They cannot: there is no table, or not all of it was observed. */
        record Unmoved() implements Progress {}

        /** They can, as defined by the watermark. */
        record Moved(Watermark watermark) implements Progress {}

        /** The newest registered period according to the record, if that is about this table. */
        default Optional<LocalDateTime> newest(TableRecord record) {
            return switch (this) {
                case Unmoved unmoved -> Optional.empty();
                case Moved(Watermark watermark) -> watermark.newest(record);
            };
        }

        /** Whether the record has to be changed although there is nothing to process. */
        default boolean changesRecord(PublishedTableState published, DetectionReport report) {
            return switch (this) {
                case Unmoved unmoved -> false;
                case Moved(Watermark watermark) ->
                    PublishedParameters.areOfLostRecord(published.record(), published.parameters())
                            || isNowhere(published, report)
                            || published.differsInVanished(report)
                            || !report.horizon()
                                    .map(LocalDateTime::parse)
                                    .map(watermark::upTo)
                                    .orElse(watermark)
                                    .advanced(published.record(), Set.of(), report)
                                    .equals(published.record());
            };
        }
    }

    /** Whether neither record nor parameters tell anything of a table that has partitions. */
    private static boolean isNowhere(PublishedTableState published, DetectionReport report) {
        return published.record().lastRun().isEmpty() && report.counts().registered() > 0;
    }

    /** Whether a look at places that the table has left is so long ago that it is time for the next. */
    public static boolean isOutsideCheckDue(Instant last, Instant time) {
        return !last.plus(OUTSIDE_AGAIN).isAfter(time);
    }

    /** Whether periods without a prefix hold the table's progress back. */
    boolean gapsAreOutstanding() {
        return gaps == Gaps.OUTSTANDING;
    }

    /**
     * The latest period that the table can have reached: at the reference time, or by what a run of a later time has
     * recorded. An execution that is redriven after days has the time of its start.
     */
    LocalDateTime horizon(TableRecord record) {
        return orAsRecorded(LatestPeriod.at(time), record);
    }

    /** The latest period that has begun at the reference time, or that a run of a later time has recorded. */
    LocalDateTime begun(TableRecord record) {
        return orAsRecorded(zone.local(time), record);
    }

    /** Whether a period of keys is over at the reference time: what is registered ahead may have no data before. */
    boolean isOver(LocalDateTime period, Periods periods) {
        return !periods.length()
                .map(length -> zone.end(period, length))
                .orElseGet(() -> zone.begin(period))
                .isAfter(time);
    }

    private LocalDateTime orAsRecorded(LocalDateTime latest, TableRecord record) {
        return progress.newest(record).filter(latest::isBefore).orElse(latest);
    }
}
