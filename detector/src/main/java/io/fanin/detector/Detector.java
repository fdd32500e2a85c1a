package io.fanin.detector;

import io.fanin.core.answer.DetectorAnswer;
import io.fanin.core.aws.RequestCounter;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.history.TableHistories;
import io.fanin.core.inbox.Inbox;
import io.fanin.core.input.DueTime;
import io.fanin.core.input.ExecutionInput;
import io.fanin.core.lease.Leases;
import io.fanin.core.owner.FolderOwners;
import io.fanin.core.parallel.Workers;
import io.fanin.core.record.TableRecords;
import io.fanin.core.run.folder.FirstPass;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.s3.S3Pages;
import io.fanin.core.store.ObjectStore;
import io.fanin.core.tables.S3SpecSource;
import io.fanin.core.tables.S3Texts;
import io.fanin.core.tables.SqlFiles;
import io.fanin.core.tables.StackBuckets;
import io.fanin.detector.detect.Detections;
import io.fanin.detector.tables.UpToDateLookup;
import io.fanin.model.run.Execution;
import io.fanin.model.spec.SpecException;
import java.util.Map;
import java.util.Optional;

/**
 * Begins a run: resolves the spec, takes the table's lease, finds the partitions to process, and writes both into the
 * run folder; a dry run takes no lease, and writes only its plan. Nothing else is changed. If the detector is invoked
 * twice for a run, the first spec applies, and the first manifest with its detection.
 *
 * <p>A first invocation does not check for an earlier one: the manifest's conditional put reveals it at the end. The
 * check comes earlier only where the lease, a redrive, or a spec that is refused now makes an earlier invocation
 * likely.
 */
final class Detector {

    /**
     * The largest record that is read where tables are looked at in bulk, several at a time. A larger one names
     * thousands of failures, so that its table is not up to date.
     */
    private static final long MAX_RECORD = 4L << 20;

    private final ObjectStore state;
    private final Leases leases;
    private final ExecutionInput.SpecSource specs;
    private final TableReader tables;
    private final Detections detections;
    private final UpToDateCheck upToDate;
    private final DetectorInvocation.Services services;

    Detector(
            ObjectStore state,
            Leases leases,
            GlueCatalog catalog,
            S3Pages pages,
            S3Texts texts,
            StackBuckets buckets,
            RequestCounter requests,
            Workers workers) {
        TableRecords records = new TableRecords(state);
        Inbox inbox = new Inbox(state, workers);
        this.state = state;
        this.leases = leases;
        this.specs = new S3SpecSource(texts);
        SqlFiles sqlFiles = new SqlFiles(texts);
        this.tables = new TableReader(state, catalog, buckets, sqlFiles, records);
        this.detections = new Detections(catalog, pages, inbox, workers);
        ObjectStore small = state.readingAtMost(MAX_RECORD);
        this.upToDate = new UpToDateCheck(
                leases,
                new TableReader(small, catalog, buckets, sqlFiles, new TableRecords(small)),
                catalog,
                pages,
                inbox);
        this.services = new DetectorInvocation.Services(
                leases,
                records,
                new FolderClaims(new FolderOwners(state), records, leases, catalog),
                new ShownFindings(new TableHistories(state), records),
                inbox,
                requests);
    }

    /** Whether executions of tables would have anything to do. */
    UpToDateLookup upToDate() {
        return upToDate;
    }

    /**
     * Detects the work of an execution.
     *
     * @throws RedrivenWhileBusyException if another execution is working on the table, and this one was redriven or has
     *     begun its run before
     * @throws DiskFullException if the function's disk is too small for the detection
     */
    DetectorAnswer detect(Execution execution) {
        try {
            return answer(new RunFolder(state, execution.runId()), execution);
        } catch (RuntimeException e) {
            throw DiskFullException.insteadOf(e);
        }
    }

    private DetectorAnswer answer(RunFolder run, Execution execution) {
        DetectorInvocation invocation = new DetectorInvocation(services, run, execution);
        Optional<FirstPass> begun = execution.isRedriven() ? run.begun() : Optional.empty();
        if (begun.isPresent()) {
            return invocation.repeat(begun.get());
        }
        Map<String, Long> before = services.requests().counts();
        try {
            ExecutionInput input = ExecutionInput.read(execution.input(), specs);
            RequestedRun requested = requested(input, execution);
            if (input.dryRun()) {
                return invocation.plan(requested, before);
            }
            Leases.Snapshot lease = leases.read(requested.table());
            begun = lease.isOf(run.run()) ? run.begun() : Optional.empty();
            if (begun.isEmpty()) {
                return invocation.begin(requested, lease, before);
            }
        } catch (SpecException refused) {
            // A run that has begun keeps its spec, whatever the input names now.
            begun = Optional.of(run.begun().orElseThrow(() -> refused));
        }
        return invocation.repeat(begun.get());
    }

    private RequestedRun requested(ExecutionInput input, Execution execution) {
        return new RequestedRun.Services(
                        tables,
                        services.folders(),
                        detections,
                        input.time().map(time -> DueTime.of(time, execution)).orElseGet(execution::referenceTime))
                .of(input, execution.input());
    }
}
