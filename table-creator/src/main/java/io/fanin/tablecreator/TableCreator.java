package io.fanin.tablecreator;

import io.fanin.core.answer.TableCreatorAnswer;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.lease.Leases;
import io.fanin.core.log.LogContext;
import io.fanin.core.parallel.Workers;
import io.fanin.core.record.LeasedRecord;
import io.fanin.core.record.ProgressScope;
import io.fanin.core.record.PublishedParameters;
import io.fanin.core.record.RecordLostException;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TableRecords;
import io.fanin.core.redrive.LaterRuns;
import io.fanin.core.redrive.StillOutstanding;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.run.folder.RunFolders;
import io.fanin.model.partition.EquivalentValues;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.Execution;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.run.RunId;
import io.fanin.model.run.RunReport;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.table.TableName;
import io.fanin.tablecreator.history.EndedPass;
import io.fanin.tablecreator.results.FanIn;
import io.fanin.tablecreator.results.Receipts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The fan-in: registers the partitions that were processed successfully, and sets the table's parameters. This class
 * reads, {@link PassPlan} decides, and {@link PassExecutor} applies.
 *
 * <p>The table's lease is held throughout, and released when the report is written. An invocation that finds the pass's
 * report answers from it, since another run may hold the lease by then.
 */
final class TableCreator {

    private static final Logger LOG = LoggerFactory.getLogger(TableCreator.class);

    private final RunFolders runs;
    private final TableRecords records;
    private final OwnFolder folder;
    private final Workers workers;
    private final PassExecutor.Services services;

    TableCreator(
            RunFolders runs, TableRecords records, OwnFolder folder, Workers workers, PassExecutor.Services services) {
        this.runs = runs;
        this.records = records;
        this.folder = folder;
        this.workers = workers;
        this.services = services;
    }

    /**
     * The result of a pass: the short answer and the full report.
     *
     * @param previous the report of the previous pass
     * @param recordOfRepeated the table's record of now, if an earlier invocation had completed the pass
     */
    record PassOutcome(
            TableCreatorAnswer answer,
            RunReport report,
            Optional<RunReport> previous,
            Optional<TableRecord> recordOfRepeated) {}

    /** An action at the end of a pass, before the table's lease is released. */
    @FunctionalInterface
    interface PassEnd {
        void passEnded(RunFolder run, TableCreatorAnswer answer, Execution execution, LeasedRecord record);
    }

    /** @param sent the requests that this invocation has sent to AWS so far */
    PassOutcome register(TableCreatorInput.Register request, Supplier<Map<String, Long>> sent, PassEnd end) {
        RunFolder run = runs.of(request.run());
        TableName table = run.spec().tableName();
        LogContext.table(table.toString());
        PassDocuments documents = PassDocuments.read(run, request.pass());
        LeasedRecord found = records.open(table);
        Optional<RunReport> earlier = isAsDetected(documents, found.known()) ? Optional.empty() : documents.report();
        if (earlier.isPresent()) {
            return repeated(documents, earlier.get(), found);
        }
        Leases.Acquired lease = services.lease().take(table, request.execution(), documents.manifest());
        LeasedRecord record = lease.wasUntouched() ? found : records.open(table);
        Optional<RunReport> meanwhile = lease.wasUntouched() ? Optional.empty() : documents.report();
        if (meanwhile.isPresent()) {
            services.lease().leave(lease);
            return repeated(documents, meanwhile.get(), record);
        }
        folder.require(documents.spec(), record.known());
        Set<RunId> later = new LaterRuns(runs::of).of(run, request.execution(), record.known());
        PassPlan plan = PassPlan.of(read(documents, Receipts.read(request.receipts()), record.known(), lease, later));
        PassExecutor.LeasedPass pass = new PassExecutor.LeasedPass(documents, request.execution(), record, lease);
        return new PassExecutor(services, pass, plan, sent, end).execute();
    }

    /** The result of a pass that an earlier invocation has completed. */
    private PassOutcome repeated(PassDocuments documents, RunReport report, LeasedRecord record) {
        RunFolder run = documents.run();
        LOG.info("pass {} of run {} has a report from an earlier invocation", documents.pass(), run.run());
        run.completeReport(report);
        documents.takenEntries().ifPresent(taken -> services.inbox().delete(taken.keys()));
        services.history()
                .write(new EndedPass(
                        run,
                        documents.spec(),
                        report,
                        record.known(),
                        documents.partitions(),
                        new RepeatedPass(documents, report, services.catalog()).changes(),
                        documents.detection()));
        return new PassOutcome(documents.answer(report), report, Optional.empty(), Optional.of(record.known()));
    }

    /** Whether the record is unchanged since the detection: a completed pass has changed it. */
    private static boolean isAsDetected(PassDocuments documents, TableRecord record) {
        return documents.pass() == 0
                && documents.detection().filter(record::isUnchangedSince).isPresent();
    }

    /** Whether no other run has published the table's state since the detection: its record may have gone again. */
    private static boolean isPublishedAsDetected(PassDocuments documents, CatalogTable table) {
        Optional<String> published = PublishedParameters.run(table.parameters());
        return published.equals(Optional.of(documents.run().uri()))
                || documents
                        .detection()
                        .filter(report -> report.table().tableRun().equals(published))
                        .isPresent();
    }

    /** Reads the input of the plan, and refuses a table in which the pass cannot register. */
    private PassInput read(
            PassDocuments documents, Receipts receipts, TableRecord record, Leases.Acquired lease, Set<RunId> later) {
        GlueCatalog catalog = services.catalog();
        ResolvedSpec spec = documents.spec();
        FanIn.Results collected = new FanIn(documents.run(), documents.pass(), workers)
                .collect(documents.batches(), receipts, documents.manifest().written());
        Optional<CatalogTable> existing = new RunTables(catalog).existing(documents);
        existing.ifPresent(table -> {
            table.requireUsableFor(spec.definition());
            table.requireAsProcessed(spec);
            new ColumnAddition(catalog).requireAsDetected(table, documents);
            boolean hasSeenAll = spec.detection().seesWholeTable() && isAsDetected(documents, record);
            if (!hasSeenAll || !isPublishedAsDetected(documents, table)) {
                RecordLostException.requireRecordOf(table, record);
            }
        });
        PassRecord changes = documents.changes();
        PassResults mine = PassPlan.own(changes, collected, record, unregistered(documents, record, later));
        Optional<RunId> overtaking = lease.wasUntouched() ? Optional.empty() : documents.overtaking(record);
        overtaking.ifPresent(changes::requireNoWaivers);
        PassResults own = overtaking.map(mine::overtakenBy).orElse(mine);
        PassInput input = new PassInput(
                changes,
                spec,
                documents.detection(),
                documents.previous(),
                own,
                record,
                existing,
                PassInput.LookedUp.nothing(later));
        List<PartitionValues> values = input.partitionsToFind();
        PassInput found = values.isEmpty() ? input : input.withRegistered(catalog.find(spec.definition(), values));
        Set<RunId> others = found.runsToCompare();
        return others.isEmpty() ? found : found.withAlike(withSameScope(spec, others));
    }

    /** The results of the previous pass that are still to be registered, by the gate's rule, as the catalog is now. */
    private List<PartitionResult.Processed> unregistered(
            PassDocuments documents, TableRecord record, Set<RunId> later) {
        List<PartitionResult.Processed> results = documents.unregistered();
        if (results.isEmpty()) {
            return results;
        }
        TableDefinition definition = documents.spec().definition();
        Map<PartitionValues, RegisteredPartition> others = new HashMap<>(services.catalog()
                .find(
                        definition,
                        results.stream()
                                .map(result -> result.partition().values())
                                .toList()));
        // An invocation that died may have registered some.
        others.values()
                .removeIf(now -> now.registeredBy().equals(documents.run().uri()));
        Set<Partition> left =
                Set.copyOf(new StillOutstanding(record, new EquivalentValues(definition.keys()), others, later)
                        .partitions(documents.previous().orElseThrow()));
        return results.stream()
                .filter(result -> left.contains(result.partition()))
                .toList();
    }

    /** The runs whose specs are known to place the table's data where this one does. */
    private Set<RunId> withSameScope(ResolvedSpec spec, Set<RunId> others) {
        ProgressScope scope = ProgressScope.of(spec, Optional.empty());
        return others.stream()
                .filter(other -> runs.of(other)
                        .findSpec()
                        .filter(one -> ProgressScope.of(one, Optional.empty()).equals(scope))
                        .isPresent())
                .collect(Collectors.toSet());
    }
}
