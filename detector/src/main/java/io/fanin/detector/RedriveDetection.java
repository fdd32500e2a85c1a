package io.fanin.detector;

import io.fanin.core.catalog.RegisteredPartition;
import io.fanin.core.partition.Partition;
import io.fanin.core.partition.PartitionValues;
import io.fanin.core.record.StillOutstanding;
import io.fanin.core.run.Candidate;
import io.fanin.core.run.DetectionReport;
import io.fanin.core.run.Reason;
import io.fanin.core.run.RunFolder;
import io.fanin.core.run.RunId;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is left of another run, less what has been registered since: what its newest report calls outstanding, or, when it
 * never came to a report, all that it set out to process.
 *
 */
record RedriveDetection(
        RunFolder run, Selection.RegisteredLookup catalog, TableStanding standing, LocalDateTime horizon)
        implements Detection {

    @Override
    public Detected detect() {
        List<Candidate> candidates = left().stream()
                .map(partition -> new Candidate(partition, Reason.RETRIED))
                .toList();
        Detected detected = Detected.unseen(
                Candidates.of(candidates, standing.keys()), standing.isStale(registeredOfOutstanding()), horizon);
        return unrecordedLook().map(look -> seeing(look, detected)).orElse(detected);
    }

    /** What the other run saw of the table, where it died before that was recorded. */
    private Optional<DetectionReport> unrecordedLook() {
        return run.report().isPresent() ? Optional.empty() : run.detection();
    }

    private Detected seeing(DetectionReport look, Detected detected) {
        Optional<RunId> lastRun =
                standing.record().changedBy().filter(run.run()::equals).or(look::after);
        return detected.with(detected.report().seeing(look, lastRun));
    }

    private List<Partition> left() {
        return run.report()
                .map(report -> StillOutstanding.partitions(report, catalog::find))
                .orElseGet(this::unregistered);
    }

    private List<Partition> unregistered() {
        List<Partition> planned = run.planned();
        if (run.detection().filter(RedriveDetection::wantsRegistered).isPresent()) {
            return planned;
        }
        Set<PartitionValues> since =
                catalog.find(planned.stream().map(Partition::values).toList()).keySet();
        return planned.stream()
                .filter(partition -> !since.contains(partition.values()))
                .toList();
    }

    /** Which of them were registered before is not known any longer; to process one again changes nothing. */
    private static boolean wantsRegistered(DetectionReport report) {
        return report.reasons().containsKey(Reason.LATE)
                || report.reasons().containsKey(Reason.AGAIN)
                || report.reasons().containsKey(Reason.RETRIED);
    }

    /** What the catalog has of what the table's record calls outstanding. */
    private Map<PartitionValues, RegisteredPartition> registeredOfOutstanding() {
        return catalog.find(standing.record().outstanding().stream()
                .map(failure -> failure.partition().values())
                .toList());
    }
}
