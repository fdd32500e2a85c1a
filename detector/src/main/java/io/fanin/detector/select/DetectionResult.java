package io.fanin.detector.select;

import io.fanin.core.history.RegisteredPeriods;
import io.fanin.core.record.TableRecord;
import io.fanin.detector.walk.SkipLog;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.VanishedList;
import java.io.Closeable;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * The result of a detection: the partitions to process, and the findings for the run's report and its next step.
 * Closing it deletes the partitions' temporary files.
 *
 * @param withoutWork the run's next step if there is nothing to process
 * @param hasLooked whether the detection looked for prefixes, instead of continuing from what is known
 * @param inbox the entries of the table's inbox that the run takes over
 * @param vanished the partitions to deregister, if there are any
 * @param registered the periods of all partitions in the catalog, if all were read and have any
 */
public record DetectionResult(
        PendingPartitions candidates,
        NextStep withoutWork,
        DetectionReport report,
        boolean hasLooked,
        ClaimedEntries inbox,
        Optional<VanishedList> vanished,
        Optional<RegisteredPeriods> registered)
        implements Closeable {

    public DetectionResult with(DetectionReport other) {
        return new DetectionResult(candidates, withoutWork, other, hasLooked, inbox, vanished, registered);
    }

    public DetectionResult with(ClaimedEntries other) {
        return new DetectionResult(candidates, withoutWork, report, hasLooked, other, vanished, registered);
    }

    public DetectionResult with(RegisteredPeriods all) {
        return new DetectionResult(candidates, withoutWork, report, hasLooked, inbox, vanished, Optional.of(all));
    }

    /**
     * The findings of a detection that looked at no prefix.
     *
     * @param record the table's
     */
    public static DetectionResult unseen(
            PendingPartitions candidates, NextStep withoutWork, LocalDateTime horizon, TableRecord record) {
        return unseen(candidates, withoutWork, horizon, record, new SkipLog());
    }

    /** The findings of a detection that looked at no prefix, with partitions that were skipped. */
    public static DetectionResult unseen(
            PendingPartitions candidates,
            NextStep withoutWork,
            LocalDateTime horizon,
            TableRecord record,
            SkipLog skips) {
        DetectionReport report =
                DetectionReport.unseen(candidates.pending(), skips.all()).upTo(horizon);
        return new DetectionResult(
                candidates,
                withoutWork,
                record.lastChange().map(report::after).orElse(report),
                false,
                ClaimedEntries.NONE,
                Optional.empty(),
                Optional.empty());
    }

    @Override
    public void close() {
        candidates.close();
    }
}
