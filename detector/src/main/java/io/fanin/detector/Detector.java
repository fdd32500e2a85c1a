package io.fanin.detector;

import io.fanin.core.aws.RequestCounter;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.lease.Leases;
import io.fanin.core.owner.FolderOwners;
import io.fanin.core.parallel.Workers;
import io.fanin.core.queue.MessageQueue;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TableRecords;
import io.fanin.core.run.Begun;
import io.fanin.core.run.Execution;
import io.fanin.core.run.RunFolder;
import io.fanin.core.run.RunId;
import io.fanin.core.s3.S3Pages;
import io.fanin.core.spec.SpecException;
import io.fanin.core.spec.TableSpec;
import io.fanin.core.store.ObjectStore;
import io.fanin.core.table.TableDefinition;
import io.fanin.core.table.TableName;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins a run: resolves the spec, takes the table's lease, finds the partitions to process, and writes both into the run
 * folder; a dry run takes no lease, and writes only what it would have done. Nothing else is changed. Of a
 * detector that is invoked twice the first spec stands, and the first manifest with the detection that has led to it.
 */
final class Detector {

    private static final Logger LOG = LoggerFactory.getLogger(Detector.class);

    private final ObjectStore state;
    private final Leases leases;
    private final GlueCatalog catalog;
    private final ExecutionInput.SpecSource specs;
    private final SqlFiles sqlFiles;
    private final StackBuckets buckets;
    private final TableRecords records;
    private final Lineage lineage;
    private final FolderClaims folders;
    private final Detections detections;
    private final RequestCounter requests;

    Detector(
            ObjectStore state,
            Leases leases,
            GlueCatalog catalog,
            S3Pages pages,
            S3Texts texts,
            StackBuckets buckets,
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
        this.lineage = new Lineage(state, records);
        this.folders = new FolderClaims(new FolderOwners(state), records, leases, catalog);
        this.detections = new Detections(catalog, pages, queues, workers);
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
        Optional<Begun> earlier = run.begun();
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
            case ExecutionInput.Table table -> detectGiven(sqlFiles.withQuery(table.spec()), time);
            case ExecutionInput.RedriveOf redrive -> detectLeft(earlier(redrive.run()), time);
        };
    }

    private DetectorAnswer repeat(RunFolder run, Execution execution, Begun begun) {
        LOG.info("run {} has a manifest from an earlier invocation, which stands", run.run());
        TableSpec spec = run.spec();
        return whileLeased(spec.tableName(), run, execution, () -> {
            claimUnlessOwned(spec, execution);
            return Conclusion.standing(run, spec, begun);
        });
    }

    /** Another table may have taken the folder over since the run began, where the execution was redriven. */
    private void claimUnlessOwned(TableSpec spec, Execution execution) {
        if (spec.processorOrDefault().makesPartitions()
                && !folders.ownsOrMayClaim(spec, records.read(spec.tableName()))) {
            folders.claim(spec, execution);
        }
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
            Found found = before.isPresent() ? detect(spec, before, time) : detectGiven(given, time);
            return conclude(run, execution, found, standing -> detectResolved(standing, time));
        });
    }

    private DetectorAnswer beginRedrive(RunFolder run, Execution execution, RunId redriven, Instant time) {
        Earlier earlier = earlier(redriven);
        return whileLeased(
                earlier.spec().tableName(),
                run,
                execution,
                () -> conclude(
                        run,
                        execution,
                        detectLeft(earlier, time),
                        standing -> detectLeft(new Earlier(earlier.run(), standing), time)));
    }

    /**
     * Begins the run with what was found, unless another invocation has left another spec, which somebody has edited since:
     * then it is detected anew, for that one.
     *
     * @param detection for a spec that stands
     */
    private DetectorAnswer conclude(
            RunFolder run, Execution execution, Found found, Function<TableSpec, Found> detection) {
        TableSpec standing;
        try (found) {
            standing = found.detected().aftermath().orGiveBack(() -> run.writeSpec(found.spec()));
            if (standing.equals(found.spec())) {
                return begin(run, execution, found);
            }
            LOG.info("run {} has another spec from an earlier invocation, which stands: detecting anew", run.run());
            found.detected().aftermath().giveBack();
        }
        return whileLeased(standing.tableName(), run, execution, () -> {
            try (Found anew = detection.apply(standing)) {
                return begin(run, execution, anew);
            }
        });
    }

    private DetectorAnswer begin(RunFolder run, Execution execution, Found found) {
        if (!found.ownsFolder()) {
            found.detected().aftermath().orGiveBack(() -> folders.claim(found.spec(), execution));
        }
        return new Conclusion(run, found).begin();
    }

    private Found detectGiven(TableSpec given, Instant time) {
        Optional<CatalogTable> table = catalog.table(given.tableName());
        return detect(resolve(given, table), table, time);
    }

    private Found detectResolved(TableSpec resolved, Instant time) {
        Optional<CatalogTable> table = catalog.table(resolved.tableName());
        table.ifPresent(known -> known.requireUsableFor(resolved.definition()));
        return detect(resolved, table, time);
    }

    private Found detect(TableSpec spec, Optional<CatalogTable> table, Instant time) {
        TableRecord record = records.read(spec.tableName());
        return found(spec, record, table, () -> detections.of(spec, table, record, time));
    }

    private TableSpec resolve(TableSpec given, Optional<CatalogTable> table) {
        TableSpec spec = SpecResolution.resolve(given, table);
        buckets.requireAllowed(spec);
        table.ifPresent(known -> lineage.requireSaid(given, spec));
        return spec;
    }

    private Found detectLeft(Earlier earlier, Instant time) {
        TableDefinition definition = earlier.spec().definition();
        // A run without a report may never have created its table.
        Optional<CatalogTable> table = earlier.run()
                .report()
                .map(report -> catalog.tableOfEarlierRun(definition, report.tableCreated()))
                .or(() -> catalog.table(definition.name()));
        TableRecord record = records.read(definition.name());
        return found(
                earlier.spec(),
                record,
                table,
                () -> detections.ofRedrive(earlier.run(), earlier.spec(), table, record, time));
    }

    /** Nothing is detected for a table that may not be made where the spec says. */
    private Found found(
            TableSpec spec, TableRecord record, Optional<CatalogTable> table, Supplier<Detection> detection) {
        boolean ownsFolder = folders.ownsOrMayClaim(spec, record);
        Detection.Detected detected = detection.get().detect();
        return new Found(
                spec, detected.with(detected.report().ofTable(table.flatMap(CatalogTable::created))), ownsFolder);
    }

    private Earlier earlier(RunId redriven) {
        RunFolder run = new RunFolder(state, redriven);
        TableSpec spec = run.findSpec().orElseThrow(() -> nothingToRedrive(run));
        buckets.requireAllowed(spec);
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

    /**
     * Works on the table unless another execution does; the lease is kept for the run where it has something to do with the
     * table.
     */
    private DetectorAnswer whileLeased(
            TableName table, RunFolder run, Execution execution, Supplier<DetectorAnswer> work) {
        return switch (leases.acquire(table, execution)) {
            case Leases.HeldBy other -> {
                LOG.info("{} is busy: {} is working on it", table, other.holder());
                yield DetectorAnswer.busy(table, run, other.holder());
            }
            case Leases.Acquired lease -> {
                DetectorAnswer answer = work.get();
                if (answer.next().leavesTableAsItIs() || !answer.table().equals(table.toString())) {
                    leases.release(lease);
                }
                yield answer;
            }
        };
    }

    private DetectorAnswer plan(RunFolder run, Found found, Map<String, Long> sentBefore) {
        Map<String, Long> sent = requests.since(sentBefore);
        try (found) {
            found.detected().aftermath().giveBack();
            return new Conclusion(run, found).plan(sent, lastMillis(found.spec().tableName()));
        }
    }

    /** What the last run of the table took for a partition. */
    private OptionalLong lastMillis(TableName table) {
        return records.read(table)
                .lastRun()
                .map(TableRecord.LastRun::millisPerPartition)
                .orElseGet(OptionalLong::empty);
    }
}
