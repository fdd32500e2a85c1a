package io.fanin.detector;

import io.fanin.core.catalog.RegisteredPartition;
import io.fanin.core.partition.Partition;
import io.fanin.core.partition.PartitionValues;
import io.fanin.core.record.StillOutstanding;
import io.fanin.core.run.Candidate;
import io.fanin.core.run.Reason;
import io.fanin.core.run.RunFolder;
import io.fanin.core.spec.TableSpec;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is left of another run, less what has been registered since: what its newest report calls outstanding, or, when it
 * never came to a report, all that it set out to process.
 *
 * @param spec the other run's
 */
record RedriveDetection(
        RunFolder run,
        Selection.RegisteredLookup catalog,
        TableSpec spec,
        TableStanding standing,
        LocalDateTime horizon)
        implements Detection {

    @Override
    public Detected detect() {
        List<Candidate> candidates = left().stream()
                .map(partition -> new Candidate(partition, Reason.RETRIED))
                .toList();
        return Detected.unseen(
                Candidates.of(candidates, standing.keys()), standing.isStale(registeredOfOutstanding()), horizon);
    }

    private List<Partition> left() {
        return run.report()
                .map(report -> StillOutstanding.partitions(report, catalog::find))
                .orElseGet(this::unregistered);
    }

    private List<Partition> unregistered() {
        List<Partition> planned = run.planned();
        if (!spec.detectionOrDefault().leavesOutRegistered()) {
            return planned;
        }
        Set<PartitionValues> since =
                catalog.find(planned.stream().map(Partition::values).toList()).keySet();
        return planned.stream()
                .filter(partition -> !since.contains(partition.values()))
                .toList();
    }

    /** What the catalog has of what the table's record calls outstanding. */
    private Map<PartitionValues, RegisteredPartition> registeredOfOutstanding() {
        return catalog.find(standing.record().outstanding().stream()
                .map(failure -> failure.partition().values())
                .toList());
    }
}
