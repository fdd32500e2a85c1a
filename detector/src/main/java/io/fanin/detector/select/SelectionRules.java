package io.fanin.detector.select;

import io.fanin.core.record.OutstandingFailure;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.LatestPeriod;
import io.fanin.model.spec.Gaps;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The requirements of a kind of detection for the partitions that it finds.
 *
 * @param time the run's reference time
 * @param knowsCatalog whether an observation without a registration is known not to be in the
 *     catalog; otherwise the catalog is asked for its values
 * @param lateData which registered partitions may be processed again
 * @param mayBeLate which of these lie where late data is looked for
 * @param maxAttempts after how many failures a partition is set aside
 * @param takesUp which of the table's outstanding failures are taken up again
 * @param isNews whether the findings change the progress in the table's record
 * @param gaps what periods without a prefix mean; empty where they are not looked for
 */
public record SelectionRules(
        Instant time,
        Predicate<PartitionValues> knowsCatalog,
        LateData lateData,
        Predicate<PartitionValues> mayBeLate,
        Optional<Integer> maxAttempts,
        Predicate<OutstandingFailure> takesUp,
        Predicate<DetectionReport> isNews,
        Optional<Gaps> gaps) {

    public SelectionRules knowingCatalogOf(Predicate<PartitionValues> values) {
        return new SelectionRules(time, values, lateData, mayBeLate, maxAttempts, takesUp, isNews, gaps);
    }

    public SelectionRules lookingForLateDataIn(Predicate<PartitionValues> values) {
        return new SelectionRules(time, knowsCatalog, lateData, values, maxAttempts, takesUp, isNews, gaps);
    }

    public SelectionRules takingUp(Predicate<OutstandingFailure> failures) {
        return new SelectionRules(time, knowsCatalog, lateData, mayBeLate, maxAttempts, failures, isNews, gaps);
    }

    /** Which registered partitions are processed again when their objects are no longer those that were registered. */
    public enum LateData {
        /** None, and nothing is looked into. */
        NEVER,
        /** Those that were registered before they were filled. */
        FILLED,
        /** Those of which it is known what was registered. */
        COMPARABLE,
        /** Also those of which it is not known: an event says that they changed. */
        ALL;

        public static LateData comparedIf(boolean wanted) {
            return wanted ? COMPARABLE : FILLED;
        }
    }

    /** Up to where the table can have got. */
    LocalDateTime horizon() {
        return LatestPeriod.at(time);
    }
}
