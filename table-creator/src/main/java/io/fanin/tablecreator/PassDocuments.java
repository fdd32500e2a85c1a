package io.fanin.tablecreator;

import io.fanin.core.answer.TableCreatorAnswer;
import io.fanin.core.record.TableRecord;
import io.fanin.core.run.folder.DetectionFiles;
import io.fanin.core.run.folder.PassManifest;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.run.folder.RunStart;
import io.fanin.model.partition.EquivalentValues;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.Batch;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.run.RunId;
import io.fanin.model.run.RunReport;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.RecordChange;
import io.fanin.model.run.detection.TakenEntries;
import io.fanin.model.run.waiver.WaiverChange;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.detection.DetectionSpec;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The documents of a pass in the run folder before it registers.
 *
 * @param batches of its manifest
 * @param detected the files of the detection on which the run acts; empty if they have expired
 * @param detection the findings in them; empty if they have expired
 * @param previous the report of the previous pass; empty for the first pass
 */
record PassDocuments(
        RunFolder run,
        int pass,
        ResolvedSpec spec,
        PassManifest manifest,
        List<Batch> batches,
        Optional<DetectionFiles> detected,
        Optional<DetectionReport> detection,
        Optional<RunReport> previous) {

    static PassDocuments read(RunFolder run, int pass) {
        ResolvedSpec spec = run.spec();
        List<Batch> batches = new ArrayList<>();
        PassManifest manifest = run.readManifest(pass, batches::add);
        Optional<DetectionFiles> detected = pass == 0 ? manifest.detection() : run.detection();
        return new PassDocuments(
                run,
                pass,
                spec,
                manifest,
                batches,
                detected,
                detected.flatMap(DetectionFiles::findReport),
                pass == 0 ? Optional.empty() : run.report(pass - 1));
    }

    /** The changes of the pass to its table's record. */
    PassRecord changes() {
        WaiverChange waivers =
                pass == 0 ? run.start().map(RunStart::waiversOrNone).orElse(WaiverChange.NONE) : WaiverChange.NONE;
        return new PassRecord(
                run.run(),
                run.redriveOf(),
                run.uri(),
                pass,
                new EquivalentValues(spec.definition().keys()),
                detection.flatMap(DetectionReport::horizon).map(LocalDateTime::parse),
                waivers);
    }

    /** The number of partitions that the pass has processed. */
    long partitions() {
        return batches.stream().mapToLong(batch -> batch.partitions().size()).sum();
    }

    /** The answer after the pass, with this report. */
    TableCreatorAnswer answer(RunReport report) {
        TableCreatorAnswer answer = TableCreatorAnswer.of(run, spec, report);
        return detection.map(answer::withDetection).orElse(answer);
    }

    /** The report of the pass; empty unless an earlier invocation has completed the pass. */
    Optional<RunReport> report() {
        return run.report(pass);
    }

    /**
     * The results that the previous pass could not register, and that this one has not made again. None if another run
     * had changed the table when the gate chose what to make: what it left out, that run has healed.
     */
    List<PartitionResult.Processed> unregistered() {
        if (manifest.after().filter(last -> !last.run().equals(run.run())).isPresent()) {
            return List.of();
        }
        Set<Partition> again =
                batches.stream().flatMap(batch -> batch.partitions().stream()).collect(Collectors.toSet());
        return previous.map(report -> run.unregistered(report.header().pass()).read(report)).stream()
                .flatMap(List::stream)
                .filter(result -> !again.contains(result.partition()))
                .toList();
    }

    /**
     * The run that had changed the record last when the pass began to do so, if that may have been after the pass
     * processed its partitions: it is not this run, and its change is not the last one before that. Empty if it is not
     * known how the record was when the pass processed them.
     *
     * @param record as read under a lease that others may have taken since the pass began
     */
    Optional<RunId> overtaking(TableRecord record) {
        Optional<RecordChange> before = pass == 0 ? detection.flatMap(DetectionReport::after) : manifest.after();
        boolean isBeginningKnown = pass == 0 ? detection.isPresent() : before.isPresent();
        boolean isNameUsedAgain = pass == 0
                && before.filter(seen -> seen.run().equals(run.run())).isPresent()
                && record.lastChange()
                        .filter(last -> before.filter(last::isSame).isPresent())
                        .isPresent();
        if (isNameUsedAgain) {
            return Optional.empty(); // Step Functions forgets an execution after 90 days, and takes its name again.
        }
        return record.changedBefore(run.run(), pass)
                .filter(last -> isBeginningKnown && before.filter(last::isSame).isEmpty())
                .map(RecordChange::run)
                .filter(other -> !other.equals(run.run()));
    }

    /** When the table was created that the detection, or the previous pass, has seen; empty if not known. */
    Optional<Instant> tableCreated() {
        return pass == 0
                ? detection.flatMap(DetectionReport::tableCreated)
                : previous.flatMap(report -> report.details().tableCreated());
    }

    /**
     * The inbox entries that the run has taken over. Until the report of the first pass is written, their partitions
     * are recorded nowhere else.
     */
    Optional<TakenEntries> takenEntries() {
        return pass == 0 && spec.detection() instanceof DetectionSpec.Events
                ? detected.flatMap(DetectionFiles::takenEntries)
                : Optional.empty();
    }
}
