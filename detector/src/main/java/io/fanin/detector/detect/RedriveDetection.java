package io.fanin.detector.detect;

import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.redrive.LaterRuns;
import io.fanin.core.redrive.StillOutstanding;
import io.fanin.core.run.folder.DetectionFiles;
import io.fanin.core.run.folder.FirstPass;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.detector.catalog.CatalogPartitions;
import io.fanin.detector.catalog.PublishedTableState;
import io.fanin.detector.select.DetectionResult;
import io.fanin.detector.select.PendingPartitions;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.RunReport;
import io.fanin.model.run.detection.Candidate;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.Reason;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The remaining partitions of another run, without those registered or waived since: the outstanding ones in its newest
 * report that are not left to a later run, or, without a report, all that it was to process.
 *
 * @param runs to find the later ones
 */
record RedriveDetection(
        RunFolder run, LaterRuns runs, CatalogPartitions catalog, PublishedTableState published, LocalDateTime horizon)
        implements Detection {

    @Override
    public DetectionResult detect() {
        return run.report()
                .map(report -> detected(outstanding(report).partitions(report)))
                .orElseGet(this::detectedOfAll);
    }

    private StillOutstanding outstanding(RunReport report) {
        return new StillOutstanding(
                published.record(),
                published.forms(),
                catalog.find(StillOutstanding.values(report)),
                runs.of(run, report, published.record()));
    }

    private StillOutstanding outstanding() {
        return new StillOutstanding(published.record(), published.forms(), Map.of(), runs.of(run, published.record()));
    }

    private DetectionResult detected(List<Partition> left) {
        List<Candidate> candidates = left.stream()
                .map(partition -> new Candidate(partition, Reason.RETRIED))
                .toList();
        boolean isStale = published.isStale(registeredOfOutstanding());
        return DetectionResult.unseen(
                PendingPartitions.of(candidates, published.keys()),
                published.withoutWork(isStale),
                horizon,
                published.record());
    }

    /** The detection for a run without a report, whose findings about the table have not been recorded. */
    private DetectionResult detectedOfAll() {
        List<Partition> planned = new ArrayList<>();
        Optional<DetectionReport> detection = run.begun(batch -> planned.addAll(batch.partitions()))
                .map(FirstPass::detection)
                .flatMap(DetectionFiles::findReport);
        Map<PartitionValues, RegisteredPartition> since =
                catalog.find(planned.stream().map(Partition::values).toList());
        boolean wantsRegistered =
                detection.filter(RedriveDetection::wantsRegistered).isPresent();
        DetectionResult detected = detected(outstanding()
                .wanted(planned.stream()
                        .filter(partition -> wantsRegistered || !since.containsKey(partition.values()))
                        .map(partition -> StillOutstanding.asRegistered(partition, since))
                        .toList()));
        return detection.map(seen -> seeing(seen, detected)).orElse(detected);
    }

    private DetectionResult seeing(DetectionReport detection, DetectionResult detected) {
        DetectionReport asOfNow = published
                .record()
                .lastChange()
                .filter(last -> last.run().equals(run.run()))
                .map(detection::after)
                .orElse(detection);
        return detected.with(detected.report().seeing(asOfNow));
    }

    /**
     * It is no longer known which of them were registered before; processing one again changes nothing, while the data
     * is there that it was made of.
     */
    private static boolean wantsRegistered(DetectionReport report) {
        return !Collections.disjoint(
                report.counts().pending().reasons().keySet(),
                Set.of(Reason.LATE, Reason.AGAIN, Reason.RETRIED, Reason.UNVERIFIED));
    }

    /** Those of the outstanding partitions in the table's record that are registered. */
    private Map<PartitionValues, RegisteredPartition> registeredOfOutstanding() {
        return catalog.find(published.record().outstanding().stream()
                .map(failure -> failure.partition().values())
                .toList());
    }
}
