package io.fanin.detector;

import io.fanin.core.answer.DetectorAnswer;
import io.fanin.core.inbox.Inbox;
import io.fanin.core.record.TableRecord;
import io.fanin.core.run.folder.DetectionFiles;
import io.fanin.core.run.folder.FirstPass;
import io.fanin.core.run.folder.ManifestSummary;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.detector.select.DetectionResult;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.spec.ResolvedSpec;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the documents with which a run begins, or its plan, from the result of an invocation's detection.
 *
 * @param inbox from which the detection may have taken entries over
 */
record RunWriter(RunFolder run, RunWork found, Inbox inbox) {

    private static final Logger LOG = LoggerFactory.getLogger(RunWriter.class);

    /**
     * Begins the run with these findings and returns the answer; if another invocation has begun the run meanwhile,
     * returns that invocation's decision.
     *
     * @param lease the version of the table's lease, which the run holds
     */
    DetectorAnswer begin(String lease) {
        DetectionResult detected = found.detected();
        detected.vanished().ifPresent(run::writeVanished);
        DetectionFiles files =
                run.writeDetection(found.report(), detected.inbox().noted());
        detected.inbox().leave(inbox);
        if (found.next().endsWithoutWork()) {
            inbox.delete(detected.inbox().taken());
            return answer(run, found.spec(), found.next(), ManifestSummary.of(0), found.report());
        }
        FirstPass begun = run.begin(files, detected.candidates().partitions(), found.manifest(), lease);
        if (begun.detection().equals(files)) {
            return answer(
                    run,
                    found.spec(),
                    NextStep.toBegin(found.spec().processor(), begun.manifest().partitions()),
                    begun.manifest(),
                    found.report());
        }
        LOG.info("run {} has been begun by another invocation meanwhile, whose manifest stands", run.run());
        return begunBefore(run, found.spec(), begun);
    }

    /** The answer with the decision of an earlier invocation. */
    static DetectorAnswer begunBefore(RunFolder run, ResolvedSpec spec, FirstPass begun) {
        return answer(
                run,
                spec,
                NextStep.toBegin(spec.processor(), begun.manifest().partitions()),
                begun.manifest(),
                begun.detection().report());
    }

    /**
     * Writes a plan of the run that {@link #begin} would have started, and nothing else.
     *
     * @param sent the number of requests so far, by kind
     * @param record the table's, with the processing time of its last run
     */
    DetectorAnswer plan(Map<String, Long> sent, TableRecord record) {
        run.writePlan(found.plan(run.run(), sent, record));
        return answer(run, found.spec(), NextStep.toPlan(found.spec().processor()), found.manifest(), found.report());
    }

    private static DetectorAnswer answer(
            RunFolder run, ResolvedSpec spec, NextStep next, ManifestSummary manifest, DetectionReport report) {
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
