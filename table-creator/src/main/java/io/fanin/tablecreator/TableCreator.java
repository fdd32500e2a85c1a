package io.fanin.tablecreator;

import io.fanin.core.catalog.CatalogTable;
import io.fanin.core.catalog.GlueCatalog;
import io.fanin.core.catalog.RegisteredPartition;
import io.fanin.core.catalog.RegistrationOutcome;
import io.fanin.core.catalog.RegistrationReport;
import io.fanin.core.lease.Leases;
import io.fanin.core.parallel.Workers;
import io.fanin.core.partition.PartitionValues;
import io.fanin.core.record.Basis;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.Progress;
import io.fanin.core.record.PublishedParameters;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TableRecords;
import io.fanin.core.run.DetectionReport;
import io.fanin.core.run.DetectionSummary;
import io.fanin.core.run.PartitionResult;
import io.fanin.core.run.RunFolder;
import io.fanin.core.run.RunReport;
import io.fanin.core.run.TableStatus;
import io.fanin.core.spec.OnPartial;
import io.fanin.core.spec.TableSpec;
import io.fanin.core.store.ObjectStore;
import io.fanin.core.table.TableDefinition;
import io.fanin.core.table.TableName;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The fan-in: registers what was processed well and says on the table what is outstanding.
 *
 * <p>The order makes a crash at any point harmless: failures are recorded, and the table says {@code PARTIAL}, before the
 * first partition of an incomplete set becomes visible; a failure is forgotten only after Glue has shown the partition;
 * and everything may be done twice.
 *
 * <p>All of it is done under the table's lease, which is released when the report is written. An invocation that finds the
 * pass's report answers from it: by then the table may be another run's.
 */
final class TableCreator {

    private static final Logger LOG = LoggerFactory.getLogger(TableCreator.class);

    /** As many partitions as Glue makes visible in one request, where it takes them all. */
    private static final int ONE_REQUEST = 100;

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
        Optional<DetectionReport> detection = run.detection();
        Optional<RunReport> earlier = run.report(request.pass());
        if (earlier.isPresent()) {
            LOG.info("pass {} of run {} has a report from an earlier invocation", request.pass(), run.run());
            return answer(run, spec, detection, earlier.get());
        }
        Leases.Acquired acquired = lease.take(spec.tableName(), request.execution());
        RunReport report = register(run, spec, detection, request);
        lease.release(acquired);
        messages.delete(run, spec, report);
        return answer(run, spec, detection, report);
    }

    private RunReport register(
            RunFolder run, TableSpec spec, Optional<DetectionReport> detection, TableCreatorInput.Register request) {
        TableDefinition definition = spec.definition();
        PassResults found =
                PassResults.of(new FanIn(run, request.pass(), workers).collect(Receipts.read(request.receipts())));
        Optional<CatalogTable> existing = catalog.table(definition.name());
        PassResults results =
                found.withoutDataOf(existing.isEmpty() ? Set.of() : registered(definition, found.skipped()));
        TableRecord known = records.read(definition.name());
        Optional<DetectionReport> look = detection
                .filter(report -> request.pass() == 0)
                .filter(report -> report.isNewerThan(known.changedBy(), run.run()));
        Progress progress = Progress.of(spec, basis(spec, existing)).upTo(horizon(detection));
        TableRecord before =
                recordFailures(run, request.pass(), spec, existing, known.outstanding(), progress, results);
        boolean mayBeSeenIncomplete = !before.outstanding().isEmpty()
                || before.missing().isPresent()
                || look.filter(report -> progress.missing(report).isPresent()).isPresent()
                || results.processed().size() > ONE_REQUEST;
        CatalogTable table = existing.orElseGet(() -> catalog.createTableIfAbsent(
                definition,
                mayBeSeenIncomplete ? parameters(before, TableStatus.PARTIAL, definition, Map.of()) : Map.of()));
        if (mayBeSeenIncomplete) {
            catalog.updateParameters(table, current -> parameters(before, TableStatus.PARTIAL, definition, current));
        }
        RegistrationReport registration = catalog.register(table, results.registrations(spec, run));
        Progress now = Progress.of(spec, basis(spec, Optional.of(table))).upTo(horizon(detection));
        TableRecord after = recordOutcome(run, request.pass(), spec, look, now, results, registration);
        publish(table, mayBeSeenIncomplete, definition);
        return report(run, request.pass(), spec, results, registration, after);
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
            PassResults results) {
        TableDefinition definition = spec.definition();
        TableName table = definition.name();
        TableRecord.LastRun lastRun = new TableRecord.LastRun(run.run(), run.uri(), registeredBefore(run, pass));
        List<OutstandingFailure> failed = results.failures(run.run(), pass);
        Map<PartitionValues, RegisteredPartition> registered =
                existing.isEmpty() ? Map.of() : find(definition, Stream.concat(failed.stream(), earlier.stream()));
        List<OutstandingFailure> failures = standing(failed, registered);
        Set<PartitionValues> healed = new HashSet<>(OutstandingFailure.healed(earlier, registered));
        failures.forEach(failure -> healed.remove(failure.partition().values()));
        List<PartitionValues> none = results.skipped().stream()
                .map(result -> result.partition().values())
                .toList();
        return records.update(table, record -> {
            TableRecord known = existing.isPresent() ? record : record.withoutProgress();
            return progress.advanced(known.without(healed).without(none).withFailures(failures), healed)
                    .with(lastRun);
        });
    }

    /** @param look what the run saw of the table, as far as it is news: by the time of a later pass, others saw more */
    private TableRecord recordOutcome(
            RunFolder run,
            int pass,
            TableSpec spec,
            Optional<DetectionReport> look,
            Progress progress,
            PassResults results,
            RegistrationReport registration) {
        Set<PartitionValues> registered = registration.registered().stream()
                .map(RegistrationOutcome::values)
                .collect(Collectors.toSet());
        List<OutstandingFailure> refused = results.refused(registration, run.run(), pass);
        List<OutstandingFailure> failures = standing(refused, find(spec.definition(), refused.stream()));
        long total = registered.size() + registeredBefore(run, pass);
        TableRecord.LastRun lastRun =
                new TableRecord.LastRun(run.run(), run.uri(), total, results.millisPerPartition());
        return records.update(spec.tableName(), record -> {
            TableRecord known = record.without(registered).withFailures(failures);
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

    private static long registeredBefore(RunFolder run, int pass) {
        return pass == 0 ? 0 : run.report(pass - 1).map(RunReport::registered).orElse(0L);
    }

    /**
     * Publishes the record as it is once the table has been read: whoever changes the record later also publishes later,
     * and of two that meet at the table the second has to read both again.
     */
    private void publish(CatalogTable table, boolean changedSinceRead, TableDefinition definition) {
        UnaryOperator<Map<String, String>> change = current -> {
            TableRecord record = records.read(table.name());
            return parameters(record, PublishedParameters.status(record), definition, current);
        };
        if (changedSinceRead) {
            catalog.updateParameters(table.name(), change);
        } else {
            catalog.updateParameters(table, change);
        }
    }

    private static Map<String, String> parameters(
            TableRecord record, TableStatus status, TableDefinition table, Map<String, String> current) {
        return PublishedParameters.applied(record, status, table.keys(), current);
    }

    private static RunReport report(
            RunFolder run,
            int pass,
            TableSpec spec,
            PassResults results,
            RegistrationReport registration,
            TableRecord record) {
        TableDefinition table = spec.definition();
        RunReport report = new RunReport(
                RunReport.VERSION,
                run.run(),
                pass,
                table.name().toString(),
                table.location().uri(),
                PublishedParameters.status(record),
                record.lastRun().map(TableRecord.LastRun::registered).orElse(0L),
                results.failed().size() + registration.refused().size(),
                record.outstanding().size(),
                record.completeThrough(),
                record.outstanding().stream()
                        .map(failure -> outstanding(failure, spec))
                        .toList(),
                results.skipped(table.keys()),
                record.missing(),
                results.millisPerPartition());
        run.writeReport(report);
        LOG.info(
                "{} is {}: {} registered, {} failed, {} outstanding, {} skipped",
                report.table(),
                report.status(),
                report.registered(),
                report.failed(),
                report.outstanding(),
                report.skipped().count());
        return report;
    }

    /** A run that can do no more for what is outstanding is none to be redriven. */
    private static TableCreatorAnswer answer(
            RunFolder run, TableSpec spec, Optional<DetectionReport> detection, RunReport report) {
        return new TableCreatorAnswer(
                run.run(),
                report.pass(),
                report.table(),
                report.status(),
                report.leavesNothingToRedrive() ? OnPartial.SUCCEED : spec.onPartialOrDefault(),
                report.registered(),
                report.failed(),
                report.outstanding(),
                run.reportUri(),
                detection.map(DetectionSummary::of));
    }

    private static RunReport.Outstanding outstanding(OutstandingFailure failure, TableSpec spec) {
        Optional<Integer> maxAttempts = spec.detectionOrDefault().maxAttempts();
        return new RunReport.Outstanding(
                failure.partition().values().nameFor(spec.definition().keys()),
                failure.partition().values().values(),
                failure.partition().prefix(),
                failure.failure().error(),
                failure.failure().message(),
                failure.attempts(),
                failure.registeredBy(),
                maxAttempts.filter(max -> failure.attempts() >= max).isPresent(),
                failure.partition().source());
    }
}
