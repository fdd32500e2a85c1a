package io.fanin.detector;

import io.fanin.core.aws.RequestCounter;
import io.fanin.core.catalog.CatalogTable;
import io.fanin.core.catalog.GlueCatalog;
import io.fanin.core.record.TableRecords;
import io.fanin.core.run.Candidate;
import io.fanin.core.run.DetectionReport;
import io.fanin.core.run.Execution;
import io.fanin.core.run.ManifestSummary;
import io.fanin.core.run.Next;
import io.fanin.core.run.Plan;
import io.fanin.core.run.RunFolder;
import io.fanin.core.run.RunId;
import io.fanin.core.run.StateTransitions;
import io.fanin.core.s3.DataBuckets;
import io.fanin.core.s3.S3Pages;
import io.fanin.core.spec.SpecException;
import io.fanin.core.spec.TableSpec;
import io.fanin.core.store.ObjectStore;
import io.fanin.core.table.TableDefinition;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins a run: resolves the spec, finds the partitions to process, and writes both into the run folder; a dry run writes
 * only what it would have done. Nothing else is changed, and an execution whose detector is invoked twice has one
 * manifest, the first.
 */
final class Detector {

    private static final Logger LOG = LoggerFactory.getLogger(Detector.class);

    private final ObjectStore state;
    private final GlueCatalog catalog;
    private final ExecutionInput.SpecSource specs;
    private final DataBuckets buckets;
    private final Detections detections;
    private final RequestCounter requests;

    Detector(
            ObjectStore state,
            GlueCatalog catalog,
            S3Pages pages,
            ExecutionInput.SpecSource specs,
            DataBuckets buckets,
            RequestCounter requests) {
        this.state = state;
        this.catalog = catalog;
        this.specs = specs;
        this.buckets = buckets;
        this.detections = new Detections(catalog, pages, new TableRecords(state));
        this.requests = requests;
    }

    DetectorAnswer detect(Execution execution) {
        RunFolder run = new RunFolder(state, execution.runId());
        Optional<ManifestSummary> earlier = run.findSummary(0);
        if (earlier.isPresent()) {
            LOG.info("run {} has a manifest from an earlier invocation, which stands", run.run());
            return answer(
                    run,
                    run.spec(),
                    next(earlier.get()),
                    earlier.get(),
                    run.detection().orElseThrow());
        }
        Map<String, Long> sentBefore = requests.counts();
        ExecutionInput input = ExecutionInput.read(execution.input(), specs);
        Ending ending = input.dryRun()
                ? (planned, spec, detected) -> plan(planned, spec, detected, requests.since(sentBefore))
                : Detector::conclude;
        return switch (input) {
            case ExecutionInput.Table table -> begin(run, table.spec(), ending);
            case ExecutionInput.RedriveOf redrive -> beginRedrive(run, redrive.run(), ending);
        };
    }

    private DetectorAnswer begin(RunFolder run, TableSpec given, Ending ending) {
        Optional<CatalogTable> table = catalog.table(given.tableName());
        TableSpec spec = SpecResolution.resolve(given, table);
        requireAllowed(spec.definition());
        return ending.end(run, spec, detections.of(spec, table).detect());
    }

    private DetectorAnswer beginRedrive(RunFolder run, RunId redriven, Ending ending) {
        RunFolder earlier = new RunFolder(state, redriven);
        TableSpec spec = earlier.findSpec().orElseThrow(() -> nothingToRedrive(earlier));
        TableDefinition definition = spec.definition();
        requireAllowed(definition);
        Optional<CatalogTable> table = catalog.table(definition.name());
        return ending.end(run, spec, detections.ofRedrive(earlier, spec, table).detect());
    }

    private static SpecException nothingToRedrive(RunFolder run) {
        return SpecException.at(
                "$.redriveOf",
                run.plan().isPresent()
                        ? "the run " + run.run()
                                + " was a dry run, which only planned and has nothing to redrive: start"
                                + " an execution with its spec, without dryRun"
                        : "there is no run " + run.run() + ": expected the name of an execution of this state machine"
                                + " whose run folder has not expired");
    }

    /** What is made of what was detected. */
    @FunctionalInterface
    private interface Ending {
        DetectorAnswer end(RunFolder run, TableSpec spec, Detection.Detected detected);
    }

    private static DetectorAnswer conclude(RunFolder run, TableSpec spec, Detection.Detected detected) {
        DetectionReport report = detected.report();
        run.writeSpec(spec);
        run.writeDetection(report);
        Next next = next(detected);
        ManifestSummary manifest = next == Next.NOTHING_NEW
                ? ManifestSummary.of(0)
                : run.writeManifest(
                        0,
                        detected.candidates().stream().map(Candidate::partition).toList());
        return answer(run, spec, next == Next.NOTHING_NEW ? next : next(manifest), manifest, report);
    }

    /** Says what {@link #conclude} would have led to, and writes nothing else. */
    private static DetectorAnswer plan(
            RunFolder run, TableSpec spec, Detection.Detected detected, Map<String, Long> requests) {
        DetectionReport report = detected.report();
        ManifestSummary manifest = ManifestSummary.of(detected.candidates().size());
        Next next = next(detected);
        run.writePlan(new Plan(
                Plan.VERSION,
                run.run(),
                spec.tableName().toString(),
                next,
                manifest.partitions(),
                manifest.batches(),
                report.reasons(),
                Plan.Planned.sampleOf(detected.candidates(), spec.definition().keys()),
                report.found(),
                report.registered(),
                report.skipped(),
                report.skippedSample(),
                requests,
                StateTransitions.estimate(next, manifest.batches())));
        return answer(run, spec, Next.PLANNED, manifest, report);
    }

    private static DetectorAnswer answer(
            RunFolder run, TableSpec spec, Next next, ManifestSummary manifest, DetectionReport report) {
        DetectorAnswer answer = DetectorAnswer.of(spec.tableName(), run, next, manifest, report);
        LOG.info(
                "{}: {} partitions found, {} to process in {} batches {}, {} names skipped, next {}",
                answer.table(),
                answer.found(),
                answer.partitions(),
                answer.batches(),
                answer.reasons(),
                answer.skipped(),
                next);
        return answer;
    }

    private static Next next(Detection.Detected detected) {
        if (!detected.candidates().isEmpty()) {
            return Next.PROCESS;
        }
        return detected.flagsStale() ? Next.REGISTER : Next.NOTHING_NEW;
    }

    private static Next next(ManifestSummary manifest) {
        return manifest.partitions() == 0 ? Next.REGISTER : Next.PROCESS;
    }

    private void requireAllowed(TableDefinition table) {
        if (!buckets.allow(table.location())) {
            throw SpecException.at(
                    "$.location",
                    table.location() + " lies outside the stack's data buckets (" + buckets
                            + "): correct it, or name the bucket in the stack's parameter DataBuckets");
        }
    }
}
