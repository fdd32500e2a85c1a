package io.fanin.tablecreator;

import io.fanin.core.answer.TableCreatorAnswer;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.partition.PartitionRegistration;
import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.inbox.Inbox;
import io.fanin.core.inventory.Inventories;
import io.fanin.core.json.Json;
import io.fanin.core.lease.Leases;
import io.fanin.core.log.LogContext;
import io.fanin.core.parallel.Workers;
import io.fanin.core.partition.PartitionValues;
import io.fanin.core.record.LeasedRecord;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.ProgressScope;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TableRecords;
import io.fanin.core.record.Watermark;
import io.fanin.core.run.Batch;
import io.fanin.core.run.Execution;
import io.fanin.core.run.RunReport;
import io.fanin.core.run.Usage;
import io.fanin.core.run.detection.CatalogChanges;
import io.fanin.core.run.detection.DetectionCounts;
import io.fanin.core.run.detection.DetectionReport;
import io.fanin.core.run.detection.LatestPeriod;
import io.fanin.core.run.folder.DetectionFiles;
import io.fanin.core.run.folder.PassManifest;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.run.folder.RunFolders;
import io.fanin.core.spec.DetectionSpec;
import io.fanin.core.spec.TableSpec;
import io.fanin.core.table.TableDefinition;
import io.fanin.tablecreator.history.EndedPass;
import io.fanin.tablecreator.history.PassHistory;
import io.fanin.tablecreator.results.FanIn;
import io.fanin.tablecreator.results.Receipts;
import io.fanin.tablecreator.versions.VersionCleanup;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The fan-in: registers the partitions that were processed successfully, and sets the table's parameters.
 *
 * <p>The order makes a crash at any point harmless: failures are recorded, and the table is {@code PARTIAL}, before the
 * first partition becomes visible; a failure is removed only after Glue has returned the partition; and every step may
 * be repeated.
 *
 * <p>The table's lease is held throughout, and released when the report is written. An invocation that finds the pass's
 * report answers from it, since another run may be working on the table by then.
 */
final class TableCreator {

    private static final Logger LOG = LoggerFactory.getLogger(TableCreator.class);

    private final RunFolders runs;
    private final GlueCatalog catalog;
    private final TableRecords records;
    private final TableLease lease;
    private final OwnFolder folder;
    private final Inbox inbox;
    private final RunTables tables;
    private final ColumnAddition columns;
    private final Deregistration deregistration;
    private final Workers workers;
    private final VersionCleanup versions;
    private final PassHistory history;

    TableCreator(
            RunFolders runs,
            GlueCatalog catalog,
            TableRecords records,
            TableLease lease,
            OwnFolder folder,
            Inbox inbox,
            Inventories inventories,
            Workers workers,
            VersionCleanup versions,
            PassHistory history) {
        this.runs = runs;
        this.catalog = catalog;
        this.records = records;
        this.lease = lease;
        this.folder = folder;
        this.inbox = inbox;
        this.tables = new RunTables(catalog);
        this.columns = new ColumnAddition(catalog);
        this.deregistration = new Deregistration(catalog, inventories);
        this.workers = workers;
        this.versions = versions;
        this.history = history;
    }

    /**
     * The result of a pass: the short answer and the full report.
     *
     * @param previous the report of the pass before
     * @param isRepeated whether an earlier invocation has written the report
     */
    record Registered(TableCreatorAnswer answer, RunReport report, Optional<RunReport> previous, boolean isRepeated) {}

    /** What is to be done at the end of a pass, before the table's lease is given up. */
    @FunctionalInterface
    interface PassEnd {
        void reached(RunFolder run, TableCreatorAnswer answer, Execution execution, LeasedRecord record);
    }

    /** @param sent what this invocation has sent to AWS until now */
    Registered register(TableCreatorInput.Register request, Supplier<Map<String, Long>> sent, PassEnd end) {
        RunFolder run = runs.of(request.run());
        TableSpec spec = run.spec();
        LogContext.table(spec.tableName().toString());
        List<Batch> batches = new ArrayList<>();
        PassManifest manifest = run.readManifest(request.pass(), batches::add);
        Optional<DetectionFiles> detected = request.pass() == 0 ? manifest.detection() : run.detection();
        Optional<DetectionReport> detection = detected.flatMap(DetectionFiles::findReport);
        LeasedRecord found = records.open(spec.tableName());
        Optional<RunReport> earlier =
                isAsDetected(request.pass(), found, detection) ? Optional.empty() : run.report(request.pass());
        if (earlier.isPresent()) {
            return repeated(request.pass(), run, spec, earlier.get(), found, batches, detected, detection);
        }
        Leases.Acquired acquired = lease.take(spec.tableName(), request.execution(), manifest);
        LeasedRecord record = acquired.wasUntouched() ? found : records.open(spec.tableName());
        Optional<RunReport> meanwhile = acquired.wasUntouched() ? Optional.empty() : run.report(request.pass());
        if (meanwhile.isPresent()) {
            lease.leave(acquired);
            return repeated(request.pass(), run, spec, meanwhile.get(), record, batches, detected, detection);
        }
        folder.require(spec, record.known());
        PassRecord passRecord = new PassRecord(
                record,
                () -> lease.requireHeld(acquired, spec.tableName(), run.run()),
                run,
                request.pass(),
                spec,
                horizon(detection).map(LatestPeriod::time));
        FanIn.Collected collected = new FanIn(run, request.pass(), workers)
                .collect(batches, Receipts.read(request.receipts()), manifest.written());
        Optional<RunReport> previous = request.pass() == 0 ? Optional.empty() : run.report(request.pass() - 1);
        EndedPass ended = register(request, run, spec, detection, previous, collected, passRecord, sent);
        TableCreatorAnswer answer = TableCreatorAnswer.of(run, spec, detection, ended.report());
        end.reached(run, answer, request.execution(), record);
        lease.release(acquired);
        emptyInbox(request.pass(), spec, detected);
        history.write(ended);
        return new Registered(answer, ended.report(), previous, false);
    }

    /** The result of a pass that an earlier invocation has brought to its end. */
    private Registered repeated(
            int pass,
            RunFolder run,
            TableSpec spec,
            RunReport report,
            LeasedRecord record,
            List<Batch> batches,
            Optional<DetectionFiles> detected,
            Optional<DetectionReport> detection) {
        LOG.info("pass {} of run {} has a report from an earlier invocation", pass, run.run());
        run.completeReport(report);
        emptyInbox(pass, spec, detected);
        history.write(EndedPass.repeated(run, spec, report, record.known(), batches, detection));
        return new Registered(TableCreatorAnswer.of(run, spec, detection, report), report, Optional.empty(), true);
    }

    /** Until the first pass's report is written, nothing else remembers what the run has taken over of the inbox. */
    private void emptyInbox(int pass, TableSpec spec, Optional<DetectionFiles> detected) {
        if (pass == 0 && spec.detectionOrDefault() instanceof DetectionSpec.Events) {
            detected.flatMap(DetectionFiles::takenEntries).ifPresent(taken -> inbox.delete(taken.keys()));
        }
    }

    /** Whether the record is still as the detection saw it: a completed pass has changed it. */
    private static boolean isAsDetected(int pass, LeasedRecord record, Optional<DetectionReport> detection) {
        return pass == 0
                && detection
                        .filter(report -> report.after().equals(record.known().changedBy()))
                        .isPresent();
    }

    private EndedPass register(
            TableCreatorInput.Register request,
            RunFolder run,
            TableSpec spec,
            Optional<DetectionReport> detection,
            Optional<RunReport> previous,
            FanIn.Collected collected,
            PassRecord record,
            Supplier<Map<String, Long>> sent) {
        int pass = request.pass();
        TableDefinition definition = spec.definition();
        Optional<CatalogTable> existing = tables.existing(pass, previous, definition, detection);
        existing.ifPresent(table -> table.requireUsableFor(definition));
        existing.ifPresent(table -> columns.requireAsDetected(table, spec, pass, detection));
        PassResults own = PassResults.of(collected)
                .withEarlier(previous.map(report -> record.wanted(
                                run.unregistered(report.header().pass()).read(report)))
                        .orElse(List.of()));
        Map<PartitionValues, RegisteredPartition> registered = existing.isEmpty()
                ? Map.of()
                : find(definition, Stream.concat(own.possiblyRegistered(), record.earlier(existing)));
        PassResults results = own.failingWhereDataIsGone(registered.keySet())
                .withoutFailuresRegisteredSince(collected.seen(), registered);
        Watermark progress = Watermark.of(spec, basis(spec, existing)).upTo(horizon(detection));
        long earlier = previous.map(report -> report.counts().registered()).orElse(0L);
        TableRecord before = record.begin(existing, progress, results, registered, earlier, collected.seen());
        if (existing.isPresent() && pass == 0) {
            new IndexCheck(catalog).check(spec);
        }
        CatalogTable found = existing.orElseGet(() -> tables.created(spec, before, record));
        found.requireUsableFor(definition);
        CatalogTable table = columns.added(found, spec);
        TableFlag flag = new TableFlag(catalog, record::current, table, definition.keys());
        List<PartitionRegistration> registrations = results.registrations(spec, run);
        Optional<CatalogChanges> asked = detection
                .filter(report -> pass == 0)
                .map(DetectionReport::counts)
                .map(DetectionCounts::changes);
        boolean deregisters = asked.filter(CatalogChanges::deregister).isPresent();
        if (!registrations.isEmpty() || (deregisters && !before.outstanding().isEmpty())) {
            flag.setPartial(before);
        }
        RegistrationResults registration =
                RegistrationResults.of(results.processed(), catalog.register(table, registrations));
        Set<PartitionValues> done = registration.values();
        List<OutstandingFailure> refused = registration.failures(run.run(), pass, collected.seen());
        Optional<Deregistration.Result> vanished = asked.flatMap(CatalogChanges::vanished)
                .map(one -> deregistration.of(run, table, definition.keys(), one));
        TableRecord after = record.end(
                table,
                detection.filter(report -> pass == 0),
                vanished.map(Deregistration.Result::left),
                Watermark.of(spec, basis(spec, Optional.of(table))).upTo(horizon(detection)),
                done,
                PassRecord.standing(refused, find(definition, refused.stream().map(OutstandingFailure::values))),
                done.size() + earlier,
                results.work().millisPerPartition());
        flag.publish(after);
        versions.passEnded(spec, run, pass, registration.registered());
        run.unregistered(pass).write(registration.unregistered());
        PassReport.Changes changes = new PassReport.Changes(
                vanished,
                columns.told(table, run, asked.map(CatalogChanges::newColumns).orElse(List.of())));
        RunReport report = PassReport.of(
                run, request, previous, spec, table, results, registration, after, changes, new Usage(sent.get(), 0));
        LOG.info(
                "{} is {}: {}, {} skipped",
                report.header().table(),
                report.status(),
                Json.text(report.counts()),
                report.skipped().count());
        return new EndedPass(
                run,
                spec,
                run.writeReport(report),
                after,
                collected.results().size(),
                new EndedPass.Changes(
                        registration.periods(),
                        vanished.map(Deregistration.Result::gone).orElse(Set.of())),
                detection);
    }

    private Map<PartitionValues, RegisteredPartition> find(TableDefinition table, Stream<PartitionValues> all) {
        List<PartitionValues> values = all.distinct().toList();
        return values.isEmpty() ? Map.of() : catalog.find(table, values);
    }

    private static ProgressScope basis(TableSpec spec, Optional<CatalogTable> table) {
        return ProgressScope.of(spec, table.flatMap(CatalogTable::created));
    }

    private static Optional<LocalDateTime> horizon(Optional<DetectionReport> detection) {
        return detection.flatMap(DetectionReport::horizon).map(LocalDateTime::parse);
    }
}
