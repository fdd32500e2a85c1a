package io.fanin.detector;

import io.fanin.core.aws.RequestCounter;
import io.fanin.core.catalog.CatalogTable;
import io.fanin.core.catalog.GlueCatalog;
import io.fanin.core.lease.Leases;
import io.fanin.core.parallel.Workers;
import io.fanin.core.queue.MessageQueue;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TableRecords;
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
import io.fanin.core.table.S3Location;
import io.fanin.core.table.TableDefinition;
import io.fanin.core.table.TableName;
import java.io.Closeable;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins a run: resolves the spec, takes the table's lease, finds the partitions to process, and writes both into the run
 * folder; a dry run takes no lease, and writes only what it would have done. Nothing else is changed, and an execution
 * whose detector is invoked twice has one manifest, the first.
 */
final class Detector {

    private static final Logger LOG = LoggerFactory.getLogger(Detector.class);

    private final ObjectStore state;
    private final Leases leases;
    private final GlueCatalog catalog;
    private final ExecutionInput.SpecSource specs;
    private final SqlFiles sqlFiles;
    private final DataBuckets buckets;
    private final TableRecords records;
    private final Detections detections;
    private final RequestCounter requests;

    Detector(
            ObjectStore state,
            Leases leases,
            GlueCatalog catalog,
            S3Pages pages,
            S3Texts texts,
            DataBuckets buckets,
            MessageQueue.Opener queues,
            RequestCounter requests,
            Workers workers) {
        this.state = state;
        this.leases = leases;
        this.catalog = catalog;
        this.specs = new S3SpecSource(texts);
        this.sqlFiles = new SqlFiles(texts);
        this.buckets = buckets;
        this.records = new TableRecords(state);
        this.detections = new Detections(catalog, pages, queues, records, workers);
        this.requests = requests;
    }

    /**
     * Detects what the execution's input asks for.
     *
     * @throws DiskFullException when what it keeps on disk does not fit there
     */
    DetectorAnswer detect(Execution execution) {
        try {
            return detectOrRepeat(execution);
        } catch (RuntimeException e) {
            throw DiskFullException.behind(e)
                    .map(full -> (RuntimeException) full)
                    .orElse(e);
        }
    }

    private DetectorAnswer detectOrRepeat(Execution execution) {
        RunFolder run = new RunFolder(state, execution.runId());
        Optional<ManifestSummary> earlier = run.findSummary(0);
        if (earlier.isPresent()) {
            return repeat(run, execution, earlier.get());
        }
        Map<String, Long> sentBefore = requests.counts();
        ExecutionInput input = ExecutionInput.read(execution.input(), specs);
        if (input.dryRun()) {
            return plan(run, detect(input, time(input, execution)), sentBefore);
        }
        return switch (input) {
            case ExecutionInput.Table table ->
                begin(run, execution, sqlFiles.withQuery(table.spec()), time(table, execution));
            case ExecutionInput.RedriveOf redrive ->
                beginRedrive(run, execution, redrive.run(), time(redrive, execution));
        };
    }

    /** A schedule's time says for when the run was due; else it is for when it was started. */
    private static Instant time(ExecutionInput input, Execution execution) {
        return input.time().or(execution::started).orElseGet(Instant::now);
    }

    private Found detect(ExecutionInput input, Instant time) {
        return switch (input) {
            case ExecutionInput.Table table -> {
                Optional<CatalogTable> known = catalog.table(table.spec().tableName());
                yield detect(resolve(sqlFiles.withQuery(table.spec()), known), known, time);
            }
            case ExecutionInput.RedriveOf redrive -> detectLeft(earlier(redrive.run()), time);
        };
    }

    private DetectorAnswer repeat(RunFolder run, Execution execution, ManifestSummary manifest) {
        LOG.info("run {} has a manifest from an earlier invocation, which stands", run.run());
        TableSpec spec = run.spec();
        return whileLeased(
                spec.tableName(),
                run,
                execution,
                () -> answer(
                        run,
                        spec,
                        next(spec, manifest),
                        manifest,
                        run.detection().orElseThrow()));
    }

    /**
     * A spec that cannot be run is refused before the lease is taken. Whoever had it before may have created the table
     * meanwhile; anything else that a run does to a table changes nothing here.
     */
    private DetectorAnswer begin(RunFolder run, Execution execution, TableSpec given, Instant time) {
        TableName name = given.tableName();
        Optional<CatalogTable> before = catalog.table(name);
        TableSpec spec = resolve(given, before);
        return whileLeased(name, run, execution, () -> {
            if (before.isPresent()) {
                return conclude(run, detect(spec, before, time));
            }
            Optional<CatalogTable> now = catalog.table(name);
            return conclude(run, detect(resolve(given, now), now, time));
        });
    }

    private DetectorAnswer beginRedrive(RunFolder run, Execution execution, RunId redriven, Instant time) {
        Earlier earlier = earlier(redriven);
        return whileLeased(earlier.spec().tableName(), run, execution, () -> conclude(run, detectLeft(earlier, time)));
    }

    private Found detect(TableSpec spec, Optional<CatalogTable> table, Instant time) {
        return found(spec, table, detections.of(spec, table, time).detect());
    }

    private TableSpec resolve(TableSpec given, Optional<CatalogTable> table) {
        TableSpec spec = SpecResolution.resolve(given, table);
        requireAllowed(spec);
        return spec;
    }

    private Found detectLeft(Earlier earlier, Instant time) {
        TableDefinition definition = earlier.spec().definition();
        // A run without a report may never have created its table.
        Optional<CatalogTable> table = earlier.run()
                .report()
                .map(report -> catalog.tableOfEarlierRun(definition, report.tableCreated()))
                .or(() -> catalog.table(definition.name()));
        return found(
                earlier.spec(),
                table,
                detections.ofRedrive(earlier.run(), earlier.spec(), table, time).detect());
    }

    private static Found found(TableSpec spec, Optional<CatalogTable> table, Detection.Detected detected) {
        return new Found(spec, detected.with(detected.report().ofTable(table.flatMap(CatalogTable::created))));
    }

    private Earlier earlier(RunId redriven) {
        RunFolder run = new RunFolder(state, redriven);
        TableSpec spec = run.findSpec().orElseThrow(() -> nothingToRedrive(run));
        requireAllowed(spec);
        return new Earlier(run, spec);
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

    /** A run that is to be redriven, and its spec. */
    private record Earlier(RunFolder run, TableSpec spec) {}

    /** What was detected, and for which resolved spec. */
    private record Found(TableSpec spec, Detection.Detected detected) implements Closeable {
        @Override
        public void close() {
            detected.close();
        }
    }

    /** Works on the table unless another execution does; the lease is kept for the run where it has something to do. */
    private DetectorAnswer whileLeased(
            TableName table, RunFolder run, Execution execution, Supplier<DetectorAnswer> work) {
        return switch (leases.acquire(table, execution)) {
            case Leases.HeldBy other -> {
                LOG.info("{} is busy: {} is working on it", table, other.holder());
                yield DetectorAnswer.busy(table, run, other.holder());
            }
            case Leases.Acquired lease -> {
                DetectorAnswer answer = work.get();
                if (answer.next() == Next.NOTHING_NEW) {
                    leases.release(lease);
                }
                yield answer;
            }
        };
    }

    private static DetectorAnswer conclude(RunFolder run, Found found) {
        try (found) {
            TableSpec spec = found.spec();
            Detection.Detected detected = found.detected();
            DetectionReport report = detected.report();
            run.writeSpec(spec);
            run.writeDetection(report);
            detected.aftermath().keep(run);
            Next next = next(spec, detected);
            Candidates candidates = detected.candidates();
            ManifestSummary manifest = next == Next.NOTHING_NEW
                    ? ManifestSummary.of(0)
                    : run.writeManifest(0, candidates.partitions(), summary(spec, candidates));
            detected.aftermath().settle();
            return answer(run, spec, next == Next.NOTHING_NEW ? next : next(spec, manifest), manifest, report);
        }
    }

    /** Says what {@link #conclude} would have led to, and writes nothing else. */
    private DetectorAnswer plan(RunFolder run, Found found, Map<String, Long> sentBefore) {
        try (found) {
            Map<String, Long> sent = requests.since(sentBefore);
            TableSpec spec = found.spec();
            Detection.Detected detected = found.detected();
            ManifestSummary manifest = summary(spec, detected.candidates());
            Next next = next(spec, detected);
            run.writePlan(new Plan(
                    Plan.VERSION,
                    run.run(),
                    spec.tableName().toString(),
                    next,
                    manifest.partitions(),
                    manifest.batches(),
                    detected.report(),
                    sent,
                    StateTransitions.estimate(next, manifest.batches()),
                    processorMillis(spec.tableName(), manifest.partitions())));
            detected.aftermath().giveBack();
            return answer(run, spec, Next.PLANNED, manifest, detected.report());
        }
    }

    private Optional<Long> processorMillis(TableName table, int partitions) {
        return records.read(table)
                .lastRun()
                .map(TableRecord.LastRun::millisPerPartition)
                .filter(OptionalLong::isPresent)
                .map(millis -> millis.getAsLong() * partitions);
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
                answer.batches(),
                answer.detection().reasons(),
                answer.detection().waiting(),
                answer.detection().setAside(),
                answer.detection().missing(),
                answer.detection().skipped(),
                next);
        return answer;
    }

    private static ManifestSummary summary(TableSpec spec, Candidates candidates) {
        return ManifestSummary.of(candidates.count(), spec.processorOrDefault().partitionsPerBatch());
    }

    private static Next next(TableSpec spec, Detection.Detected detected) {
        if (detected.candidates().count() > 0) {
            return Next.toProcess(spec);
        }
        return detected.flagsStale() ? Next.REGISTER : Next.NOTHING_NEW;
    }

    private static Next next(TableSpec spec, ManifestSummary manifest) {
        return manifest.partitions() == 0 ? Next.REGISTER : Next.toProcess(spec);
    }

    private void requireAllowed(TableSpec spec) {
        requireAllowed("$.location", spec.definition().location());
        spec.sourceDefinition().ifPresent(source -> requireAllowed("$.source.location", source.location()));
    }

    private void requireAllowed(String path, S3Location location) {
        if (!buckets.allow(location)) {
            throw SpecException.at(
                    path,
                    location + " lies outside the stack's data buckets (" + buckets
                            + "): correct it, or name the bucket in the stack's parameter DataBuckets");
        }
    }
}
