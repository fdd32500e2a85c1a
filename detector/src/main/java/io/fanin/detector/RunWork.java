package io.fanin.detector;

import io.fanin.core.record.RecordedRun;
import io.fanin.core.record.TableRecord;
import io.fanin.core.run.folder.ManifestSummary;
import io.fanin.detector.catalog.TableSnapshot;
import io.fanin.detector.select.DetectionResult;
import io.fanin.model.cost.StateTransitions;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.RunId;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.Plan;
import io.fanin.model.run.waiver.WaiverChange;
import io.fanin.model.spec.ResolvedSpec;
import java.io.Closeable;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The work of a run, and the resolved spec for which it was detected. The run's next step, its size and its plan follow
 * from this alone; {@link RunWriter} executes them.
 *
 * @param record the table's, as known to the detection
 * @param ownsFolder whether the table is known to own the folder in which its partitions are made; true if none are
 *     made
 * @param waivers the run's change of the table's waivers
 */
record RunWork(
        ResolvedSpec spec, TableRecord record, DetectionResult detected, boolean ownsFolder, WaiverChange waivers)
        implements Closeable {

    /** The work of a run that changes no waivers. */
    static RunWork of(TableSnapshot snapshot, boolean ownsFolder, DetectionResult detected) {
        DetectionReport report = detected.report().adding(snapshot.newColumns());
        DetectionResult ofTable = detected.with(report.ofTable(snapshot.seenTable()));
        return new RunWork(snapshot.spec(), snapshot.record(), ofTable, ownsFolder, WaiverChange.NONE);
    }

    RunWork with(WaiverChange change) {
        return new RunWork(spec, record, detected, ownsFolder, change);
    }

    DetectionReport report() {
        return detected.report();
    }

    /** The size of the first pass. */
    ManifestSummary manifest() {
        return ManifestSummary.of(detected.candidates().count(), spec.processor());
    }

    /** The run's first step, without the check of its processing. */
    NextStep next() {
        if (manifest().partitions() > 0) {
            return NextStep.toProcess(spec.processor());
        }
        return report().counts().changes().areToBeMade() ? NextStep.REGISTER : detected.withoutWork();
    }

    /**
     * The plan of a dry run.
     *
     * @param sent the number of requests that detection has sent, by kind
     * @param now the table's record, with the processing time of its last run
     */
    Plan plan(RunId run, Map<String, Long> sent, TableRecord now) {
        ManifestSummary manifest = manifest();
        Optional<Long> millis = now.lastRun()
                .map(RecordedRun::millisPerPartition)
                .filter(OptionalLong::isPresent)
                .map(each -> each.getAsLong() * manifest.partitions());
        long transitions = StateTransitions.estimate(next(), spec.processor().needsCheck(), manifest.batches());
        return new Plan(
                Plan.VERSION,
                run,
                spec,
                next(),
                manifest.partitions(),
                manifest.batches(),
                report(),
                new Plan.Cost(sent, transitions, millis));
    }

    @Override
    public void close() {
        detected.close();
    }
}
