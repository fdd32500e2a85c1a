package io.fanin.tablecreator;

import io.fanin.core.answer.TableCreatorAnswer;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.inbox.Inbox;
import io.fanin.core.lease.Leases;
import io.fanin.core.record.LeasedRecord;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.TableRecord;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.model.json.Json;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.Execution;
import io.fanin.model.run.RunReport;
import io.fanin.model.run.Usage;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.table.TableDefinition;
import io.fanin.tablecreator.history.EndedPass;
import io.fanin.tablecreator.history.PassHistory;
import io.fanin.tablecreator.registration.Deregistration;
import io.fanin.tablecreator.registration.IndexCheck;
import io.fanin.tablecreator.registration.RegistrationResults;
import io.fanin.tablecreator.versions.VersionCleanup;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes a plan under the table's lease, in the order of {@link #STEPS}, which makes a crash at any point harmless:
 * each step is idempotent, and after each one, the table is unchanged for readers, or marked {@code PARTIAL}, or
 * complete.
 */
final class PassExecutor {

    private static final Logger LOG = LoggerFactory.getLogger(PassExecutor.class);

    /**
     * The steps in their order, each with the state after a crash in it. The page "The order of a pass" explains the
     * order, and names them.
     */
    static final List<Step> STEPS = List.of(
            // The record is ahead of the table's parameters; the next run finds the difference and publishes the
            // record.
            new Step("recordFailures", PassExecutor::recordFailures),
            // An empty table with status PARTIAL; the repetition finds it.
            new Step("createTable", PassExecutor::createTable),
            // The repetition finds that no column is missing; partitions registered before keep their own columns.
            new Step("addColumns", PassExecutor::addColumns),
            // Readers wait although all rows are as before; the next run publishes the record.
            new Step("setPartial", PassExecutor::setPartial),
            // The note names versions that readers still have, and nobody removes those; the repetition notes them
            // again.
            new Step("noteVersions", PassExecutor::noteVersions),
            // The table is PARTIAL; the repetition reads the partitions from Glue, and creates or updates the rest.
            new Step("registerPartitions", PassExecutor::registerPartitions),
            // Readers see the same rows; the repetition checks each partition again and finds it gone.
            new Step("deregisterPartitions", PassExecutor::deregisterPartitions),
            // The record is up to date, but the parameters are PARTIAL: readers wait until the next run publishes the
            // record.
            new Step("recordResult", PassExecutor::recordResult),
            // Readers see the result; without a report, the repetition runs all steps again and changes nothing.
            new Step("publish", PassExecutor::publish),
            // Superseded versions that are due stay until the next pass.
            new Step("removeVersions", PassExecutor::removeVersions),
            // Only entries that the pass's report lists as outstanding are used later.
            new Step("writeUnregistered", PassExecutor::writeUnregistered),
            // The repetition finds the pass's report, answers from it, and writes the run's report.
            new Step("writeReport", PassExecutor::writeReport),
            // A notice is sent twice, or is sent when the execution has ended.
            new Step("sendNotices", PassExecutor::sendNotices),
            // The lease ends with the execution.
            new Step("releaseLease", PassExecutor::releaseLease),
            // The next run takes the entries over again and finds their partitions registered.
            new Step("deleteInboxEntries", PassExecutor::deleteInboxEntries),
            // The repetition writes calendar, history and pages without row counts. If there is none, they lack this
            // pass: later passes and detections of mode full correct the periods that they see.
            new Step("writePages", PassExecutor::writePages));

    /**
     * A step of a pass.
     *
     * @param name of the method that performs it
     */
    record Step(String name, Consumer<PassExecutor> work) {}

    /** The services that executing a plan requires. */
    record Services(
            GlueCatalog catalog,
            Deregistration deregistration,
            VersionCleanup versions,
            TableLease lease,
            Inbox inbox,
            PassHistory history) {}

    /**
     * A pass that holds its table's lease.
     *
     * @param record of the table, read under the lease
     */
    record LeasedPass(PassDocuments documents, Execution execution, LeasedRecord record, Leases.Acquired lease) {}

    private final Services services;
    private final PassDocuments documents;
    private final LeasedPass pass;
    private final PassPlan plan;
    private final Supplier<Map<String, Long>> sent;
    private final TableCreator.PassEnd end;
    private final ColumnAddition columns;
    private final RunFolder run;
    private final ResolvedSpec spec;
    private final TableDefinition definition;

    private TableRecord begun;
    private CatalogTable table;
    private TableFlag flag;
    private VersionCleanup.PendingCleanup versions;
    private RegistrationResults registration;
    private Map<PartitionValues, RegisteredPartition> standing;
    private Deregistration.Result deregistered;
    private TableRecord ended;
    private RunReport report;
    private TableCreatorAnswer answer;

    /**
     * @param sent the requests that this invocation has sent to AWS so far
     * @param end called before the lease is released
     */
    PassExecutor(
            Services services,
            LeasedPass pass,
            PassPlan plan,
            Supplier<Map<String, Long>> sent,
            TableCreator.PassEnd end) {
        this.services = services;
        this.documents = pass.documents();
        this.pass = pass;
        this.plan = plan;
        this.sent = sent;
        this.end = end;
        this.columns = new ColumnAddition(services.catalog());
        this.run = documents.run();
        this.spec = documents.spec();
        this.definition = spec.definition();
    }

    TableCreator.PassOutcome execute() {
        STEPS.forEach(step -> step.work().accept(this));
        return new TableCreator.PassOutcome(answer, report, plan.input().previous(), Optional.empty());
    }

    /** If nothing but the run has changed, the record is not written before the end of the pass. */
    private void recordFailures() {
        TableRecord known = pass.record().known();
        TableRecord changed = plan.beginning().apply(known);
        begun = changed.differsOnlyInRun(known) ? changed : pass.record().update(plan.beginning(), this::requireLease);
    }

    private void createTable() {
        if (plan.checksIndexes()) {
            new IndexCheck(services.catalog()).check(spec);
        }
        table = plan.input()
                .existing()
                .orElseGet(() -> new RunTables(services.catalog()).created(spec, begun, this::requireLease));
        table.requireUsableFor(definition);
        if (plan.input().existing().isEmpty()) {
            table.requireAsProcessed(spec); // Somebody else may have created it.
        }
    }

    private void addColumns() {
        table = columns.added(table, spec);
        flag = new TableFlag(
                services.catalog(),
                () -> pass.record().current(this::requireLease),
                table,
                spec,
                plan.input().isLatest());
    }

    private void setPartial() {
        if (plan.setsPartial(begun)) {
            flag.setPartial(begun);
        }
    }

    private void noteVersions() {
        versions = services.versions()
                .note(spec, run, documents.pass(), plan.results().processed());
    }

    private void registerPartitions() {
        registration = RegistrationResults.of(
                plan.results().processed(),
                some -> services.catalog().register(table, PassResults.registrations(some, spec, run)));
    }

    private void deregisterPartitions() {
        deregistered = plan.vanished()
                .map(found -> services.deregistration().of(run, table, definition.keys(), found))
                .orElse(Deregistration.Result.NONE);
    }

    private void recordResult() {
        List<OutstandingFailure> refused = registration.failures(run.run(), documents.pass());
        List<PartitionValues> values = List.copyOf(registration.valuesOfOthers());
        standing = values.isEmpty() ? Map.of() : services.catalog().find(definition, values);
        PassRecord.Result result = new PassRecord.Result(
                table,
                registration.values(),
                registration.ownValues(),
                PassRecord.standing(refused, spec, standing),
                plan.vanished().map(found -> deregistered.left()));
        ended = pass.record().updateAfterRereading(plan.input().changes().ending(plan, result), this::requireLease);
    }

    private void publish() {
        flag.publish(ended);
    }

    private void removeVersions() {
        versions.registered(registration.unswitched(), standing.values());
    }

    private void writeUnregistered() {
        run.unregistered(documents.pass()).write(registration.unregistered());
    }

    private void writeReport() {
        PassReport.Changes changes =
                new PassReport.Changes(deregistered, columns.effect(table, run, plan.newColumns()));
        RunReport written = PassReport.of(
                run,
                pass.execution(),
                plan,
                new PassReport.Outcome(table, registration, ended, changes),
                new Usage(sent.get(), 0));
        LOG.info(
                "{} is {}: {}, {} skipped",
                written.header().table(),
                written.status(),
                Json.text(written.counts()),
                written.skipped().count());
        report = run.writeReport(written);
        answer = documents.answer(report);
    }

    private void sendNotices() {
        end.passEnded(run, answer, pass.execution(), pass.record());
    }

    private void releaseLease() {
        services.lease().release(pass.lease());
    }

    private void deleteInboxEntries() {
        documents.takenEntries().ifPresent(taken -> services.inbox().delete(taken.keys()));
    }

    private void writePages() {
        EndedPass.Changes changes = new EndedPass.Changes(registration.periods(), deregistered.gone());
        services.history()
                .write(new EndedPass(
                        run,
                        spec,
                        report,
                        pass.record().known(),
                        documents.partitions(),
                        changes,
                        documents.detection()));
    }

    private void requireLease() {
        services.lease().requireHeld(pass.lease(), spec.tableName(), run.run());
    }
}
