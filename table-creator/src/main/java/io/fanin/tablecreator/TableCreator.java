package io.fanin.tablecreator;

import io.fanin.core.catalog.CatalogTable;
import io.fanin.core.catalog.GlueCatalog;
import io.fanin.core.catalog.PartitionRegistration;
import io.fanin.core.catalog.RegisteredPartition;
import io.fanin.core.catalog.RegistrationOutcome;
import io.fanin.core.catalog.RegistrationReport;
import io.fanin.core.lease.Leases;
import io.fanin.core.parallel.Workers;
import io.fanin.core.partition.PartitionValues;
import io.fanin.core.partition.ValueForms;
import io.fanin.core.record.Basis;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.Progress;
import io.fanin.core.record.PublishedParameters;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TableRecords;
import io.fanin.core.run.DetectionFiles;
import io.fanin.core.run.DetectionReport;
import io.fanin.core.run.PartitionResult;
import io.fanin.core.run.RunFolder;
import io.fanin.core.run.RunReport;
import io.fanin.core.run.TableStatus;
import io.fanin.core.spec.TableSpec;
import io.fanin.core.store.ObjectStore;
import io.fanin.core.table.TableDefinition;
import io.fanin.core.table.TableName;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The fan-in: registers what was processed well and says on the table what is outstanding.
 *
 * <p>The order makes a crash at any point harmless: failures are recorded, and the table says {@code PARTIAL}, before the
 * first partition becomes visible; a failure is forgotten only after Glue has shown the partition;
 * and everything may be done twice.
 *
 * <p>All of it is done under the table's lease, which is released when the report is written. An invocation that finds the
 * pass's report answers from it: by then the table may be another run's.
 */
final class TableCreator {

    private static final Logger LOG = LoggerFactory.getLogger(TableCreator.class);

    private final ObjectStore state;
    private final GlueCatalog catalog;
    private final TableRecords records;
    private final TableLease lease;
    private final MessageDeletion messages;
    private final Workers workers;

    TableCreator(
            ObjectStore state,
            GlueCatalog catalog,
            TableRecords records,
            TableLease lease,
            MessageDeletion messages,
            Workers workers) {
        this.state = state;
        this.catalog = catalog;
        this.records = records;
        this.lease = lease;
        this.messages = messages;
        this.workers = workers;
    }

    TableCreatorAnswer register(TableCreatorInput.Register request) {
        RunFolder run = new RunFolder(state, request.run());
        TableSpec spec = run.spec();
        Optional<DetectionFiles> detected = run.detection();
        Optional<DetectionReport> detection = detected.flatMap(DetectionFiles::findReport);
        Optional<RunReport> earlier = run.report(request.pass());
        if (earlier.isPresent()) {
            LOG.info("pass {} of run {} has a report from an earlier invocation", request.pass(), run.run());
            run.completeReport(earlier.get());
            return TableCreatorAnswer.of(run, spec, detection, earlier.get());
        }
        Leases.Acquired acquired = lease.take(spec.tableName(), request.execution());
        RunReport report = register(run, spec, detection, request);
        lease.release(acquired);
        detected.ifPresent(files -> messages.delete(run, spec, files, report));
        return TableCreatorAnswer.of(run, spec, detection, report);
    }

    private RunReport register(
            RunFolder run, TableSpec spec, Optional<DetectionReport> detection, TableCreatorInput.Register request) {
        TableDefinition definition = spec.definition();
        Optional<RunReport> previous = request.pass() == 0 ? Optional.empty() : run.report(request.pass() - 1);
        PassResults found = PassResults.of(
                        new FanIn(run, request.pass(), workers).collect(Receipts.read(request.receipts())))
                .and(previous.map(report -> run.unregistered(report.pass()).read(report))
                        .orElse(List.of()));
        Optional<CatalogTable> existing = existing(request.pass(), previous, definition, detection);
        existing.ifPresent(table -> table.requireUsableFor(definition));
        PassResults results =
                found.withoutDataOf(existing.isEmpty() ? Set.of() : registered(definition, found.skipped()));
        TableRecord known = records.read(definition.name()).ofTable(existing);
        Optional<DetectionReport> look = detection
                .filter(report -> request.pass() == 0)
                .filter(report -> report.isNewerThan(known.changedBy(), run.run()));
        Progress progress = Progress.of(spec, basis(spec, existing)).upTo(horizon(detection));
        long earlier = previous.map(RunReport::registered).orElse(0L);
        TableRecord before =
                recordFailures(run, request.pass(), spec, existing, known.outstanding(), progress, results, earlier);
        if (existing.isPresent() && request.pass() == 0) {
            new IndexCheck(catalog).check(spec);
        }
        CatalogTable table = existing.orElseGet(() -> catalog.createTableIfAbsent(
                definition,
                spec.partitionIndexesOrNone(),
                PublishedParameters.applied(before, TableStatus.PARTIAL, definition.keys(), Map.of())));
        table.requireUsableFor(definition);
        TableFlag flag = new TableFlag(catalog, records, table, definition.keys());
        List<PartitionRegistration> registrations = results.registrations(spec, run);
        if (!registrations.isEmpty()) {
            flag.setPartial(before);
        }
        RegistrationReport registration = catalog.register(table, registrations);
        Progress now = Progress.of(spec, basis(spec, Optional.of(table))).upTo(horizon(detection));
        TableRecord after = recordOutcome(run, request.pass(), spec, table, look, now, results, registration, earlier);
        flag.publish(after);
        run.unregistered(request.pass()).write(results.unregistered(registration));
        RunReport report = PassReport.of(run, request.pass(), previous, spec, table, results, registration, after);
        LOG.info(
                "{} is {}: {} registered, {} failed, {} outstanding, {} skipped, {} raw records left out as bad",
                report.table(),
                report.status(),
                report.registered(),
                report.failed(),
                report.outstanding(),
                report.skipped().count(),
                report.badRecords().orElse(0));
        return run.writeReport(report);
    }

    /**
     * The table as it is. A run adds to what it has seen registered, and a later pass to what an earlier one has registered, so
     * it has to be the table of then.
     */
    private Optional<CatalogTable> existing(
            int pass, Optional<RunReport> previous, TableDefinition definition, Optional<DetectionReport> detection) {
        if (pass > 0) {
            return Optional.of(catalog.tableOfEarlierRun(definition, previous.flatMap(RunReport::tableCreated)));
        }
        Optional<Instant> seen = detection.flatMap(DetectionReport::tableCreated);
        return seen.isPresent()
                ? Optional.of(catalog.tableOfEarlierRun(definition, seen))
                : catalog.table(definition.name());
    }

    /**
     * Adds this pass's failures, and forgets earlier ones that somebody else has registered since, or that turned out to
     * be no partitions. That the run is named before anything is registered lets the next one notice when this one dies
     * before it has said what came of it. What was registered in a table that is gone no longer counts as progress.
     */
    private TableRecord recordFailures(
            RunFolder run,
            int pass,
            TableSpec spec,
            Optional<CatalogTable> existing,
            List<OutstandingFailure> earlier,
            Progress progress,
            PassResults results,
            long registeredBefore) {
        TableDefinition definition = spec.definition();
        TableName table = definition.name();
        TableRecord.LastRun lastRun = new TableRecord.LastRun(run.run(), run.uri(), registeredBefore);
        List<OutstandingFailure> failed = results.failures(run.run(), pass);
        Map<PartitionValues, RegisteredPartition> registered =
                existing.isEmpty() ? Map.of() : find(definition, Stream.concat(failed.stream(), earlier.stream()));
        List<OutstandingFailure> failures = standing(failed, registered);
        Set<PartitionValues> healed = new HashSet<>(OutstandingFailure.healed(earlier, registered));
        failures.forEach(failure -> healed.remove(failure.partition().values()));
        ValueForms forms = new ValueForms(definition.keys());
        return records.update(table, record -> {
            TableRecord known = existing.isPresent() ? record : record.withoutProgress();
            return progress.advanced(
                            known.ofTable(existing)
                                    .without(healed, forms)
                                    .without(results.none(), forms)
                                    .withEmpty(results.empty(), forms)
                                    .withFailures(failures, forms),
                            healed)
                    .begunBy(lastRun, pass, record);
        });
    }

    /** @param look what the run saw of the table, as far as it is news: by the time of a later pass, others saw more */
    private TableRecord recordOutcome(
            RunFolder run,
            int pass,
            TableSpec spec,
            CatalogTable table,
            Optional<DetectionReport> look,
            Progress progress,
            PassResults results,
            RegistrationReport registration,
            long registeredBefore) {
        Set<PartitionValues> registered = registration.registered().stream()
                .map(RegistrationOutcome::values)
                .collect(Collectors.toSet());
        List<OutstandingFailure> refused = results.refused(registration, run.run(), pass);
        List<OutstandingFailure> failures = standing(refused, find(spec.definition(), refused.stream()));
        long total = registered.size() + registeredBefore;
        TableRecord.LastRun lastRun =
                new TableRecord.LastRun(run.run(), run.uri(), total, results.millisPerPartition());
        ValueForms forms = new ValueForms(spec.definition().keys());
        return records.update(spec.tableName(), record -> {
            TableRecord known = record.ofTable(Optional.of(table))
                    .without(registered, forms)
                    .withFailures(failures, forms);
            return look.map(report -> progress.advanced(known, registered, report))
                    .orElseGet(() -> progress.advanced(known, registered))
                    .with(lastRun);
        });
    }

    private Set<PartitionValues> registered(TableDefinition table, List<PartitionResult.Skipped> results) {
        List<PartitionValues> values =
                results.stream().map(result -> result.partition().values()).toList();
        return values.isEmpty() ? Set.of() : catalog.registered(table.name(), table.keys(), values);
    }

    private Map<PartitionValues, RegisteredPartition> find(TableDefinition table, Stream<OutstandingFailure> failures) {
        List<PartitionValues> values =
                failures.map(failure -> failure.partition().values()).distinct().toList();
        return values.isEmpty() ? Map.of() : catalog.find(table.name(), table.keys(), values);
    }

    /** The failures, with the registrations under which their partitions stand all the same. */
    private static List<OutstandingFailure> standing(
            List<OutstandingFailure> failures, Map<PartitionValues, RegisteredPartition> registered) {
        return failures.stream()
                .map(failure -> Optional.ofNullable(
                                registered.get(failure.partition().values()))
                        .map(failure::of)
                        .orElse(failure))
                .toList();
    }

    private static Basis basis(TableSpec spec, Optional<CatalogTable> table) {
        return Basis.of(spec, table.flatMap(CatalogTable::created));
    }

    private static Optional<LocalDateTime> horizon(Optional<DetectionReport> detection) {
        return detection.flatMap(DetectionReport::horizon).map(LocalDateTime::parse);
    }
}
