package io.fanin.detector;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.answer.DetectorAnswer;
import io.fanin.core.aws.RequestCounter;
import io.fanin.core.inbox.Inbox;
import io.fanin.core.lease.Leases;
import io.fanin.core.log.LogContext;
import io.fanin.core.record.TableRecords;
import io.fanin.core.run.folder.FirstPass;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.run.folder.RunStart;
import io.fanin.detector.catalog.TableSnapshot;
import io.fanin.model.run.Execution;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.table.TableName;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of one invocation of the detector, in their order: for a new run, for one that has begun, and for a dry
 * run.
 */
record DetectorInvocation(Services services, RunFolder run, Execution execution) {

    private static final Logger LOG = LoggerFactory.getLogger(DetectorInvocation.class);

    /**
     * The services for beginning a run.
     *
     * @param requests counts the requests that are sent to AWS
     */
    record Services(
            Leases leases,
            TableRecords records,
            FolderClaims folders,
            ShownFindings shown,
            Inbox inbox,
            RequestCounter requests) {}

    /**
     * Writes a plan of the run, and nothing else. Takes no lease.
     *
     * @param before the requests of earlier invocations
     */
    DetectorAnswer plan(RequestedRun requested, Map<String, Long> before) {
        try (RunWork found = requested.detect(requested.read())) {
            Map<String, Long> sent = services.requests().since(before);
            return new RunWriter(run, found, services.inbox())
                    .plan(sent, services.records().read(found.spec().tableName()));
        }
    }

    /**
     * Begins the run unless another execution holds the table's lease; the lease is kept if the run has work on the
     * table. If another run held it meanwhile, that run may have created the table and changed its record: then the
     * table is read again.
     *
     * @param seen the table's lease
     * @param before the requests of earlier invocations
     * @throws RedrivenWhileBusyException if another execution holds the lease, and this one was redriven or has begun
     *     the run before
     */
    DetectorAnswer begin(RequestedRun requested, Leases.Snapshot seen, Map<String, Long> before) {
        Optional<TableSnapshot> early = requested.readBeforeLease();
        return switch (acquire(seen)) {
            case Leases.HeldBy other -> busy(seen, other);
            case Leases.Acquired lease -> {
                TableSnapshot snapshot = early.filter(known -> lease.wasFree()).orElseGet(requested::read);
                yield releasedIfUnused(seen, lease, begin(requested, snapshot, lease, before));
            }
        };
    }

    private DetectorAnswer begin(
            RequestedRun requested, TableSnapshot snapshot, Leases.Acquired lease, Map<String, Long> before) {
        ResolvedSpec stored;
        try (RunWork found = requested.detect(snapshot)) {
            requireFit(found, lease);
            Optional<ObjectNode> input = requested.input();
            RunStart detected = RunStart.of(
                    found.spec(),
                    found.report(),
                    found.detected().inbox().noted(),
                    found.waivers(),
                    services.requests().since(before));
            RunStart start = input.map(detected::of).orElse(detected);
            stored = run.writeStart(requested.redriven().map(start::redriving).orElse(start));
            if (stored.equals(found.spec())) {
                return start(found, lease);
            }
        }
        LOG.info("run {} has another spec from an earlier invocation: detecting again", run.run());
        return beginAs(stored, requested);
    }

    /**
     * Begins the run with the spec that another invocation has stored, which differs because the spec was edited in
     * between: detection runs again for it.
     */
    private DetectorAnswer beginAs(ResolvedSpec stored, RequestedRun requested) {
        Leases.Snapshot seen = services.leases().read(stored.tableName());
        Leases.Acquired lease = acquireOrFail(seen);
        try (RunWork found = requested.detect(requested.readFor(stored))) {
            requireFit(found, lease);
            return releasedIfUnused(seen, lease, start(found, lease));
        }
    }

    /**
     * Fails the run of a table of whose prefixes none fits its layout. Nothing is stored of the run, so that a redrive
     * reads its spec again, which may be corrected by then.
     */
    private void requireFit(RunWork found, Leases.Acquired lease) {
        NothingFits.in(found).ifPresent(failure -> {
            services.shown().keep(found);
            services.leases().release(lease);
            throw failure;
        });
    }

    private DetectorAnswer start(RunWork found, Leases.Acquired lease) {
        if (!found.ownsFolder()) {
            services.folders().claim(found.spec(), execution);
        }
        services.shown().keep(found);
        return new RunWriter(run, found, services.inbox()).begin(lease.version());
    }

    /**
     * Returns the answer of the invocation that has begun the run. If the execution was redriven, another table may
     * have taken the folder over since.
     *
     * @throws RedrivenWhileBusyException if another execution holds the lease
     */
    DetectorAnswer repeat(FirstPass begun) {
        LOG.info("run {} has a manifest from an earlier invocation, which stands", run.run());
        ResolvedSpec spec = run.spec();
        Leases.Snapshot seen = services.leases().read(spec.tableName());
        acquireOrFail(seen);
        if (spec.processor().makesPartitions()
                && !services.folders().ownsOrMayClaim(spec, services.records().read(spec.tableName()))) {
            services.folders().claim(spec, execution);
        }
        return RunWriter.begunBefore(run, spec, begun);
    }

    private Leases.Acquired acquireOrFail(Leases.Snapshot seen) {
        return switch (acquire(seen)) {
            case Leases.HeldBy other -> throw new RedrivenWhileBusyException(seen.table(), other);
            case Leases.Acquired lease -> lease;
        };
    }

    private Leases.Acquisition acquire(Leases.Snapshot seen) {
        LogContext.table(seen.table().toString());
        return services.leases().acquire(seen, execution);
    }

    /**
     * The answer of an execution that has nothing to do.
     *
     * @throws RedrivenWhileBusyException if it was redriven or has begun its run before: what it was to do would be
     *     lost
     */
    private DetectorAnswer busy(Leases.Snapshot seen, Leases.HeldBy other) {
        if (execution.isRedriven() || run.begun().isPresent()) {
            throw new RedrivenWhileBusyException(seen.table(), other);
        }
        LOG.info("{} is busy: {} is working on it", seen.table(), other.holder());
        return DetectorAnswer.busy(seen.table(), run, other.holder());
    }

    /** Releases the lease if the run does not change the table, or works on another one. */
    private DetectorAnswer releasedIfUnused(Leases.Snapshot seen, Leases.Acquired lease, DetectorAnswer answer) {
        TableName table = seen.table();
        if (answer.next().endsWithoutWork() || !answer.table().equals(table.toString())) {
            services.leases().release(lease);
        }
        return answer;
    }
}
