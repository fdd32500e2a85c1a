package io.fanin.tablecreator;

import io.fanin.core.answer.GateAnswer;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.lease.Leases;
import io.fanin.core.partition.EquivalentValues;
import io.fanin.core.partition.Partition;
import io.fanin.core.record.StillOutstanding;
import io.fanin.core.record.TableRecords;
import io.fanin.core.run.Execution;
import io.fanin.core.run.Next;
import io.fanin.core.run.RunReport;
import io.fanin.core.run.folder.HeldMarker;
import io.fanin.core.run.folder.ManifestSummary;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.run.folder.RunFolders;
import io.fanin.core.spec.TableSpec;
import io.fanin.core.table.TableDefinition;
import io.fanin.core.table.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Holds a partial run until it is redriven. Step Functions redrives only executions that failed, and resumes them at
 * the state that failed: so the gate throws when it is first reached, and leads back to the Map when it is run again.
 *
 * <p>It tells the two apart by a marker: the first arrival for a pass writes one into the run folder, with the
 * execution's redrive count. A later arrival with a higher count, or on an engine without redrive counts, is a redrive;
 * one with the same count is a retry of the first arrival, which throws again.
 *
 * <p>A redrive takes the table's lease. If another execution holds it, the redrive fails here, and the next one has a
 * higher count still.
 */
final class Gate {

    private final GlueCatalog catalog;
    private final RunFolders runs;
    private final TableRecords records;
    private final TableLease lease;
    private final OwnFolder folder;

    Gate(GlueCatalog catalog, RunFolders runs, TableRecords records, TableLease lease, OwnFolder folder) {
        this.catalog = catalog;
        this.runs = runs;
        this.records = records;
        this.lease = lease;
        this.folder = folder;
    }

    GateAnswer hold(TableCreatorInput.Hold request) {
        RunFolder run = runs.of(request.run());
        RunReport report = run.reportOf(request.pass());
        Optional<HeldMarker> earlier = run.hold(request.pass(), HeldMarker.of(request.execution()));
        if (earlier.isEmpty() || !isRedrive(request.execution(), earlier.get())) {
            throw new TablePartialException(report);
        }
        TableSpec spec = run.spec();
        Leases.Acquired acquired = lease.take(spec.tableName(), request.execution());
        folder.require(spec);
        return nextPass(run, spec, request.pass() + 1, report, acquired);
    }

    private static boolean isRedrive(Execution execution, HeldMarker held) {
        return execution.redriveCount().isEmpty()
                || execution.redriveCount().getAsInt() > held.redriveCount().orElse(0);
    }

    /**
     * The partitions to process: the outstanding ones, except those that a later run has registered, those that
     * have been waived since, and those that only have to be registered.
     */
    private GateAnswer nextPass(RunFolder run, TableSpec spec, int pass, RunReport report, Leases.Acquired acquired) {
        TableDefinition definition = spec.definition();
        TableName table = catalog.tableOfEarlierRun(definition, report.details().tableCreated())
                .name();
        List<Partition> left = new ArrayList<>(StillOutstanding.partitions(
                report,
                records.read(table),
                new EquivalentValues(definition.keys()),
                values -> catalog.find(definition, values)));
        run.unregistered(report.header().pass()).read(report).forEach(result -> left.remove(result.partition()));
        ManifestSummary manifest = run.writeManifest(
                pass, left, ManifestSummary.of(left.size(), spec.processorOrDefault()), acquired.version());
        return new GateAnswer(
                run.run(),
                pass,
                report.header().table(),
                manifest.partitions() == 0 ? Next.REGISTER : Next.toBegin(spec),
                run.manifestKey(pass),
                manifest.partitions(),
                manifest.batches(),
                List.of());
    }
}
