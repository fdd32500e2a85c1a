package io.fanin.detector.select;

import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.Watermark;
import io.fanin.model.partition.PartitionTime;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.partition.PeriodBounds;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.LatestPeriod;
import io.fanin.model.spec.Gaps;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.Set;

/**
 * The rules by which a run selects partitions, with no default left open.
 *
 * @param time the run's reference time
 * @param coverage the part of the table that is observed
 * @param lateData which registered partitions may be processed again
 * @param maxAttempts after how many failures a partition is set aside; {@link #NEVER_SET_ASIDE} where none is
 * @param takenUp which of the table's outstanding failures are taken up again
 * @param gaps the meaning of periods without a prefix, where the whole table is observed
 * @param progress whether the findings can change the progress in the table's record
 */
public record SelectionRules(
        Instant time,
        Coverage coverage,
        LateData lateData,
        int maxAttempts,
        TakenUp takenUp,
        Gaps gaps,
        Progress progress) {

    public static final int NEVER_SET_ASIDE = Integer.MAX_VALUE;

    /** The part of the table that is observed in S3, and the part of the catalog that was read for it. */
    public sealed interface Coverage {

        /** All of S3 and all of the catalog. */
        record Whole() implements Coverage {}

        /**
         * All of S3 and of the catalog whose period begins at a time or later.
         *
         * @param first inclusive
         */
        record From(LocalDateTime first) implements Coverage {}

        /** Some prefixes or periods, and nothing of the catalog. */
        record Part() implements Coverage {}

        /**
         * The prefixes that events name, and nothing of the catalog. A partition may have been removed again since, and the
         * prefixes of which nothing is left to be done are remembered.
         */
        record Events() implements Coverage {}

        /** Where the listing began; empty if it has no such beginning. */
        default Optional<LocalDateTime> beginning() {
            return this instanceof From(LocalDateTime first) ? Optional.of(first) : Optional.empty();
        }

        /** Whether everything is observed that may be new. */
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
                case From from -> time.of(values).isPresent();
                case Part part -> false;
                case Events events -> false;
            };
        }
    }

    /** Which registered partitions are processed again when their objects are no longer those that were registered. */
    public sealed interface LateData {

        /** None, and nothing is looked into. */
        record Never() implements LateData {}

        /** Those that were registered before they were filled. */
        record Filled() implements LateData {}

        /** Those of which it is known what was registered. */
        record Compared() implements LateData {}

        /**
         * The same, as far as their period begins at a time or later; of the others those that were registered before they
         * were filled.
         *
         * @param first inclusive
         */
        record ComparedFrom(LocalDateTime first) implements LateData {}

        /** Also those of which it is not known: an event says that they changed. */
        record All() implements LateData {}

        static LateData comparedIf(boolean wanted) {
            return wanted ? new Compared() : new Filled();
        }
    }

    /** Which of a table's outstanding failures are taken up again. */
    public sealed interface TakenUp {

        record All() implements TakenUp {}

        /** Those of periods that begin within bounds. */
        record Within(PeriodBounds bounds) implements TakenUp {}

        /** The same, of partitions that were not registered when they failed. */
        record UnregisteredWithin(PeriodBounds bounds) implements TakenUp {}

        default boolean includes(OutstandingFailure failure) {
            return switch (this) {
                case All all -> true;
                case Within(PeriodBounds bounds) -> bounds.hold(failure.values());
                case UnregisteredWithin(PeriodBounds bounds) ->
                    failure.registeredBy().isEmpty() && bounds.hold(failure.values());
            };
        }
    }

    /** Whether findings can change the progress in a table's record. */
    public sealed interface Progress {

        /** They cannot: there is no table, or not all of it was observed. */
        record Unmoved() implements Progress {}

        /** They can, as the watermark says. */
        record Moved(Watermark watermark) implements Progress {}

        /** Whether the record has to be changed although nothing is to be processed. */
        default boolean changesRecord(PublishedTableState published, DetectionReport report) {
            return switch (this) {
                case Unmoved unmoved -> false;
                case Moved(Watermark watermark) ->
                    published.isPartialWithoutRecord()
                            || published.differsInVanished(report)
                            || !watermark
                                    .advanced(published.record(), Set.of(), report)
                                    .equals(published.record());
            };
        }
    }

    /** Whether periods without a prefix hold the table's progress back. */
    boolean gapsAreOutstanding() {
        return gaps == Gaps.OUTSTANDING;
    }

    /** Up to where the table can have got. */
    LocalDateTime horizon() {
        return LatestPeriod.at(time);
    }
}
