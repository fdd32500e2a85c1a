package io.fanin.detector;

import io.fanin.core.answer.DetectorAnswer;
import io.fanin.core.inbox.Inbox;
import io.fanin.core.lease.Leases;
import io.fanin.core.run.folder.DetectionFiles;
import io.fanin.core.run.folder.ManifestSummary;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.run.folder.StartedRun;
import io.fanin.detector.select.Detected;
import io.fanin.model.run.Next;
import io.fanin.model.run.StateTransitions;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.Plan;
import io.fanin.model.spec.TableSpec;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the run, or plans it, with what an invocation of the detector has found.
 *
 * @param inbox of which the detection may have taken something over
 */
record RunStarter(RunFolder run, DetectionResult found, Inbox inbox) {

    private static final Logger LOG = LoggerFactory.getLogger(RunStarter.class);

    /**
     * Begins the run with these findings and returns the answer; if another invocation has begun the run meanwhile,
     * returns that one's decision.
     *
     * @param lease of the table, which the run has
     */
    DetectorAnswer begin(Leases.Acquired lease) {
        Detected detected = found.detected();
        detected.vanished().ifPresent(list -> run.vanished(list.token()).write(list));
        DetectionFiles files =
                run.writeDetection(detected.report(), detected.inbox().noted());
        detected.inbox().leave(inbox);
        if (next().leavesTableAsItIs()) {
            inbox.delete(detected.inbox().taken());
            return answer(run, found.spec(), next(), ManifestSummary.of(0), detected.report());
        }
        StartedRun begun = run.begin(files, detected.candidates().partitions(), summary(), lease.version());
        if (begun.detection().equals(files)) {
            return answer(run, found.spec(), begun.manifest(), detected.report());
        }
        LOG.info("run {} has been begun by another invocation meanwhile, whose manifest stands", run.run());
        return standing(run, found.spec(), begun);
    }

    /** Answers with what an invocation has decided. */
    static DetectorAnswer standing(RunFolder run, TableSpec spec, StartedRun begun) {
        return answer(run, spec, begun.manifest(), begun.detection().report());
    }

    /**
     * Writes a plan of what {@link #begin} would have started, and nothing else.
     *
     * @param sent requests of each kind that it has cost
     * @param millis that a partition has taken to process; empty when nobody knows
     */
    DetectorAnswer plan(Map<String, Long> sent, OptionalLong millis) {
        ManifestSummary manifest = summary();
        DetectionReport report = found.detected().report();
        run.writePlan(new Plan(
                Plan.VERSION,
                run.run(),
                found.spec(),
                next(),
                manifest.partitions(),
                manifest.batches(),
                report,
                new Plan.Cost(
                        sent,
                        StateTransitions.estimate(
                                next(), found.spec().processorOrDefault().needsCheck(), manifest.batches()),
                        millis.isEmpty()
                                ? Optional.empty()
                                : Optional.of(millis.getAsLong() * manifest.partitions()))));
        return answer(run, found.spec(), Next.toPlan(found.spec()), manifest, report);
    }

    private ManifestSummary summary() {
        return ManifestSummary.of(
                found.detected().candidates().count(), found.spec().processorOrDefault());
    }

    private Next next() {
        if (found.detected().candidates().count() > 0) {
            return Next.toProcess(found.spec());
        }
        return found.detected().report().counts().changes().areToBeMade()
                ? Next.REGISTER
                : found.detected().withoutWork();
    }

    private static DetectorAnswer answer(
            RunFolder run, TableSpec spec, ManifestSummary manifest, DetectionReport report) {
        return answer(run, spec, manifest.partitions() == 0 ? Next.REGISTER : Next.toBegin(spec), manifest, report);
    }

    private static DetectorAnswer answer(
            RunFolder run, TableSpec spec, Next next, ManifestSummary manifest, DetectionReport report) {
        DetectorAnswer answer = DetectorAnswer.of(spec.tableName(), run, next, manifest, report);
        LOG.info(
                "{}: {} partitions found, {} to process in {} batches {}, {} waiting, {} set aside, {} periods missing,"
                        + " {} names skipped, next {}",
                answer.table(),
                answer.detection().found(),
                answer.partitions(),
                answer.size().batches(),
                answer.detection().reasons(),
                answer.detection().waiting(),
                answer.detection().setAside(),
                answer.detection().missing(),
                answer.detection().skipped(),
                next);
        return answer;
    }
}
