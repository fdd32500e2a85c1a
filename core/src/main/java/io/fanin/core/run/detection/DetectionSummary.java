package io.fanin.core.run.detection;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.core.layout.Skip;
import io.fanin.core.layout.SkipReason;
import io.fanin.core.run.Tally;
import io.fanin.core.text.LogSafe;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a detection saw, small enough for the state of an execution, which has to hold the receipts beside it: counts, and
 * the first of each kind by name.
 *
 * @param reasons the partitions that have to be processed, counted
 * @param sample the first of them for each reason
 * @param found partitions that S3 has
 * @param waiting partitions that are not ready
 * @param setAside partitions that failed too often to be tried again
 * @param missing periods without a prefix
 * @param missingSample the first stretches of them
 * @param skipped names that are no partitions
 * @param skippedReasons the same, counted by reason
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record DetectionSummary(
        @JsonInclude Map<Reason, Long> reasons,
        List<String> sample,
        long found,
        long waiting,
        List<String> waitingSample,
        long setAside,
        List<String> setAsideSample,
        long missing,
        List<String> missingSample,
        long skipped,
        Map<SkipReason, Long> skippedReasons,
        List<Skip> skippedSample) {

    private static final int SAMPLE = 5;
    private static final int SKIPPED_SAMPLE = 10;

    /** A key has up to 1,024 bytes. */
    private static final int MAX_TEXT = 200;

    public static DetectionSummary of(DetectionReport report) {
        return new DetectionSummary(
                report.reasons(),
                sample(report),
                report.found(),
                report.waiting().count(),
                names(report.waiting()),
                report.setAside().count(),
                names(report.setAside()),
                report.missing().count(),
                report.missing().sample().stream()
                        .limit(SAMPLE)
                        .map(DetectionSummary::shown)
                        .toList(),
                report.skippedTotal(),
                report.skipped(),
                report.skippedSample().stream()
                        .limit(SKIPPED_SAMPLE)
                        .map(DetectionSummary::shortened)
                        .toList());
    }

    private static List<String> sample(DetectionReport report) {
        Map<Reason, Integer> taken = new EnumMap<>(Reason.class);
        return report.sample().stream()
                .filter(planned -> taken.merge(planned.reason(), 1, Integer::sum) <= SAMPLE)
                .map(planned -> planned.reason() + " " + LogSafe.beginning(planned.partition(), MAX_TEXT))
                .toList();
    }

    private static List<String> names(Tally tally) {
        return tally.sample().stream()
                .limit(SAMPLE)
                .map(named -> LogSafe.beginning(named.partition(), MAX_TEXT) + ": "
                        + LogSafe.beginning(named.detail(), MAX_TEXT))
                .toList();
    }

    private static String shown(MissingPeriods.Stretch stretch) {
        return stretch.count() == 1 ? stretch.first() : stretch.first() + " to " + stretch.last();
    }

    private static Skip shortened(Skip skip) {
        return new Skip(
                LogSafe.beginning(skip.prefix(), MAX_TEXT), skip.reason(), LogSafe.beginning(skip.detail(), MAX_TEXT));
    }
}
