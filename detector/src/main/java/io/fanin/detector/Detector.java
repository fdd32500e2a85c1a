package io.fanin.detector;

import io.fanin.core.answer.DetectorAnswer;
import io.fanin.core.aws.RequestCounter;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.history.TableHistories;
import io.fanin.core.inbox.Inbox;
import io.fanin.core.input.ExecutionInput;
import io.fanin.core.lease.Leases;
import io.fanin.core.log.LogContext;
import io.fanin.core.owner.FolderOwners;
import io.fanin.core.parallel.Workers;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TableRecords;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.run.folder.RunStart;
import io.fanin.core.run.folder.StartedRun;
import io.fanin.core.s3.S3Pages;
import io.fanin.core.store.ObjectStore;
import io.fanin.core.tables.S3SpecSource;
import io.fanin.core.tables.S3Texts;
import io.fanin.core.tables.SqlFiles;
import io.fanin.core.tables.StackBuckets;
import io.fanin.detector.detect.Detections;
import io.fanin.model.run.Execution;
import io.fanin.model.run.RunId;
import io.fanin.model.spec.SpecException;
import io.fanin.model.spec.TableSpec;
import io.fanin.model.table.TableName;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins a run: resolves the spec, takes the table's lease, finds the partitions to process, and writes both into the run
 * folder; a dry run takes no lease, and writes only what it would have done. Nothing else is changed. Of a
 * detector that is invoked twice the first spec stands, and the first manifest with the detection that has led to it.
 *
 * <p>A first invocation does not check for an earlier one: the manifest's conditional put reveals it at the end. The
 * check comes earlier only where the lease, a redrive, or a spec that is refused now makes an earlier one likely.
 */
final class Detector {

    private static final Logger LOG = LoggerFactory.getLogger(Detector.class);

    private final ObjectStore state;
    private final Inbox inbox;
    private final Leases leases;
    private final ExecutionInput.SpecSource specs;
    private final TableRecords records;
    private final FolderClaims folders;
    private final SpecDetection detection;
    private final RequestCounter requests;
    private final ShownFindings shown;

    Detector(
            ObjectStore state,
            Leases leases,
            GlueCatalog catalog,
            S3Pages pages,
            S3Texts texts,
            StackBuckets buckets,
            RequestCounter requests,
            Workers workers) {
        this.state = state;
        this.inbox = new Inbox(state, workers);
        this.leases = leases;
        this.specs = new S3SpecSource(texts);
        this.records = new TableRecords(state);
        this.folders = new FolderClaims(new FolderOwners(state), records, leases, catalog);
        this.detection = new SpecDetection(
                state,
                catalog,
                buckets,
                new SqlFiles(texts),
                records,
                folders,
                new Detections(catalog, pages, inbox, workers));
        this.requests = requests;
        this.shown = new ShownFindings(new TableHistories(state), records);
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
        Optional<StartedRun> earlier =
                execution.redriveCount().orElse(0) > 0 ? run.begun(batch -> {}) : Optional.empty();
        if (earlier.isPresent()) {
            return repeat(run, execution, earlier.get());
        }
        try {
            return detectOrPlan(run, execution);
        } catch (SpecException e) {
            StartedRun begun = run.begun(batch -> {}).orElseThrow(() -> e);
            return repeat(run, execution, begun);
        }
    }

    /** Does the work with the lease as first read, unless the lease shows that the run may have begun, and it has. */
    private DetectorAnswer unlessBegun(
            TableName table, RunFolder run, Execution execution, Function<Leases.Seen, DetectorAnswer> work) {
        Leases.Seen lease = leases.see(table);
        Optional<StartedRun> earlier = lease.isOf(run.run()) ? run.begun(batch -> {}) : Optional.empty();
        return earlier.map(begun -> repeat(run, execution, begun)).orElseGet(() -> work.apply(lease));
    }

    private DetectorAnswer detectOrPlan(RunFolder run, Execution execution) {
        Map<String, Long> before = requests.counts();
        ExecutionInput input = ExecutionInput.read(execution.input(), specs);
        if (input.dryRun()) {
            return plan(run, detect(input, time(input, execution)), before);
        }
        return switch (input) {
            case ExecutionInput.OfSpec given -> begin(run, execution, given, time(given, execution), before);
            case ExecutionInput.RedriveOf redrive ->
                beginRedrive(run, execution, redrive.run(), time(redrive, execution), before);
        };
    }

    /** A schedule's input says when the run was due; otherwise it is when it was started. */
    private static Instant time(ExecutionInput input, Execution execution) {
        return input.time().or(execution::started).orElseGet(Instant::now);
    }

    private DetectionResult detect(ExecutionInput input, Instant time) {
        return switch (input) {
            case ExecutionInput.OfSpec given -> detect(look(given), given, time);
            case ExecutionInput.RedriveOf redrive -> detection.detectLeft(detection.earlier(redrive.run()), time);
        };
    }

    private SpecDetection.Look look(ExecutionInput.OfSpec given) {
        return switch (given) {
            case ExecutionInput.Table table -> detection.look(table.spec());
            case ExecutionInput.Waiving waiving -> detection.lookAsBefore(waiving.spec());
        };
    }

    private DetectionResult detect(SpecDetection.Look look, ExecutionInput.OfSpec given, Instant time) {
        return switch (given) {
            case ExecutionInput.Table table -> detection.detect(look, time);
            case ExecutionInput.Waiving waiving -> detection.detect(look, waiving.request(), time);
        };
    }

    private DetectorAnswer repeat(RunFolder run, Execution execution, StartedRun begun) {
        LOG.info("run {} has a manifest from an earlier invocation, which stands", run.run());
        TableSpec spec = run.spec();
        return whileLeased(leases.see(spec.tableName()), run, execution, lease -> {
            claimUnlessOwned(spec, execution);
            return RunStarter.standing(run, spec, begun);
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
     * A spec that cannot be run is refused before the lease is taken. A run that held it meanwhile may have created the table
     * and changed its record.
     */
    private DetectorAnswer begin(
            RunFolder run, Execution execution, ExecutionInput.OfSpec given, Instant time, Map<String, Long> before) {
        return unlessBegun(given.spec().tableName(), run, execution, seen -> {
            SpecDetection.Look first = look(given);
            return whileLeased(seen, run, execution, lease -> {
                DetectionResult found = detect(lease.wasFree() ? first : look(given), given, time);
                return conclude(
                        run,
                        execution,
                        lease,
                        found,
                        before,
                        standing -> detect(detection.lookResolved(standing), given, time));
            });
        });
    }

    private DetectorAnswer beginRedrive(
            RunFolder run, Execution execution, RunId redriven, Instant time, Map<String, Long> before) {
        SpecDetection.Earlier earlier = detection.earlier(redriven);
        return unlessBegun(
                earlier.spec().tableName(),
                run,
                execution,
                seen -> whileLeased(
                        seen,
                        run,
                        execution,
                        lease -> conclude(
                                run,
                                execution,
                                lease,
                                detection.detectLeft(earlier, time),
                                before,
                                standing -> detection.detectLeft(earlier.with(standing), time))));
    }

    /**
     * Begins the run with the findings, unless another invocation has stored a different spec, because it was edited in
     * between: then detection runs again for the stored one.
     *
     * @param before requests that earlier invocations have cost
     * @param again detects with the spec that applies
     */
    private DetectorAnswer conclude(
            RunFolder run,
            Execution execution,
            Leases.Acquired lease,
            DetectionResult found,
            Map<String, Long> before,
            Function<TableSpec, DetectionResult> again) {
        TableSpec standing;
        try (found) {
            standing = run.writeStart(RunStart.of(
                    found.spec(),
                    found.detected().report(),
                    found.detected().inbox().noted(),
                    found.waivers(),
                    requests.since(before)));
            if (standing.equals(found.spec())) {
                return begin(run, execution, lease, found);
            }
            LOG.info("run {} has another spec from an earlier invocation: detecting again", run.run());
        }
        return whileLeased(leases.see(standing.tableName()), run, execution, acquired -> {
            try (DetectionResult other = again.apply(standing)) {
                return begin(run, execution, acquired, other);
            }
        });
    }

    private DetectorAnswer begin(RunFolder run, Execution execution, Leases.Acquired lease, DetectionResult found) {
        if (!found.ownsFolder()) {
            folders.claim(found.spec(), execution);
        }
        shown.keep(found);
        return new RunStarter(run, found, inbox).begin(lease);
    }

    /** Works on the table unless another execution does; keeps the lease if the run has something to do with it. */
    private DetectorAnswer whileLeased(
            Leases.Seen seen, RunFolder run, Execution execution, Function<Leases.Acquired, DetectorAnswer> work) {
        TableName table = seen.table();
        LogContext.table(table.toString());
        return switch (leases.acquire(seen, execution)) {
            case Leases.HeldBy other -> {
                LOG.info("{} is busy: {} is working on it", table, other.holder());
                yield DetectorAnswer.busy(table, run, other.holder());
            }
            case Leases.Acquired lease -> {
                DetectorAnswer answer = work.apply(lease);
                if (answer.next().leavesTableAsItIs() || !answer.table().equals(table.toString())) {
                    leases.release(lease);
                }
                yield answer;
            }
        };
    }

    private DetectorAnswer plan(RunFolder run, DetectionResult found, Map<String, Long> before) {
        try (found) {
            return new RunStarter(run, found, inbox)
                    .plan(requests.since(before), lastMillis(found.spec().tableName()));
        }
    }

    /** The time that the table's last run took for a partition. */
    private OptionalLong lastMillis(TableName table) {
        return records.read(table)
                .lastRun()
                .map(TableRecord.LastRun::millisPerPartition)
                .orElseGet(OptionalLong::empty);
    }
}
