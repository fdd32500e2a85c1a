package io.fanin.tablecreator;

import io.fanin.core.answer.GateAnswer;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.lease.Leases;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TableRecords;
import io.fanin.core.redrive.LaterRuns;
import io.fanin.core.redrive.StillOutstanding;
import io.fanin.core.run.folder.HeldMarker;
import io.fanin.core.run.folder.ManifestSummary;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.run.folder.RunFolders;
import io.fanin.model.partition.EquivalentValues;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.Execution;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.RunReport;
import io.fanin.model.run.detection.RecordChange;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.table.TableDefinition;
import io.fanin.tablecreator.notices.HeldRuns;
import java.util.List;
import java.util.Optional;

/**
 * Holds a partial run until it is redriven. Step Functions redrives only executions that failed, and resumes them at
 * the state that failed: so the gate throws when it is first reached, and leads back to the Map when it is run again.
 *
 * <p>It distinguishes the two by a marker: the first arrival for a pass writes one into the run folder, with the
 * execution's redrive count. A later arrival with a higher count, or on an engine without redrive counts, is a redrive;
 * one with the same count is a retry of the first arrival, which throws again. {@link GateDecision} makes the decision;
 * this class reads its input and applies it.
 *
 * <p>A redrive takes the table's lease. If another execution holds it, the redrive fails here, and the next one has a
 * higher count.
 */
final class Gate {

    private final GlueCatalog catalog;
    private final RunFolders runs;
    private final TableRecords records;
    private final TableLease lease;
    private final OwnFolder folder;
    private final HeldRuns held;

    Gate(
            GlueCatalog catalog,
            RunFolders runs,
            TableRecords records,
            TableLease lease,
            OwnFolder folder,
            HeldRuns held) {
        this.catalog = catalog;
        this.runs = runs;
        this.records = records;
        this.lease = lease;
        this.folder = folder;
        this.held = held;
    }

    GateAnswer hold(TableCreatorInput.Hold request) {
        RunFolder run = runs.of(request.run());
        RunReport report = run.reportOf(request.pass());
        Optional<HeldMarker> earlier = run.hold(request.pass(), HeldMarker.of(request.execution()));
        return switch (GateDecision.ofArrival(report, request.execution(), earlier)) {
            case GateDecision.Hold hold -> {
                if (earlier.isEmpty()) {
                    held.count(report);
                }
                throw new TablePartialException(hold.report());
            }
            case GateDecision.LetThrough redriven -> redrive(run, redriven.report(), request.execution());
        };
    }

    private GateAnswer redrive(RunFolder run, RunReport report, Execution execution) {
        ResolvedSpec spec = run.spec();
        Leases.Acquired acquired = lease.take(spec.tableName(), execution);
        folder.require(spec);
        GateDecision.Redrive read = read(run, spec, report);
        return begin(run, spec, read, acquired);
    }

    private GateDecision.Redrive read(RunFolder run, ResolvedSpec spec, RunReport report) {
        TableDefinition definition = spec.definition();
        CatalogTable table = catalog.tableOfEarlierRun(definition, report);
        table.requireAsProcessed(spec);
        TableRecord record = records.read(table.name());
        return new GateDecision.Redrive(
                report,
                record,
                new EquivalentValues(definition.keys()),
                catalog.find(definition, StillOutstanding.values(report)),
                new LaterRuns(runs::of).of(run, report, record),
                run.unregistered(report.header().pass()).read(report));
    }

    private static GateAnswer begin(
            RunFolder run, ResolvedSpec spec, GateDecision.Redrive read, Leases.Acquired acquired) {
        GateDecision.NextPass decision = GateDecision.ofRedrive(read);
        List<Partition> partitions = decision.partitions();
        ManifestSummary manifest = run.writeManifest(
                decision.pass(),
                partitions,
                ManifestSummary.of(partitions.size(), spec.processor()),
                acquired.version(),
                read.record().lastChange().orElseGet(() -> new RecordChange(run.run(), RecordChange.UNKNOWN)));
        return new GateAnswer(
                run.run(),
                decision.pass(),
                read.report().header().table().toString(),
                NextStep.toBegin(spec.processor(), manifest.partitions()),
                run.manifestKey(decision.pass()),
                manifest.partitions(),
                manifest.batches(),
                List.of());
    }
}
