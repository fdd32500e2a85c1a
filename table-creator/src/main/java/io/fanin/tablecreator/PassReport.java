package io.fanin.tablecreator;

import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.PublishedParameters;
import io.fanin.core.record.RecordedRun;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.Waivers;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.model.cost.StateTransitions;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.run.Execution;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.run.RunCounts;
import io.fanin.model.run.RunId;
import io.fanin.model.run.RunReport;
import io.fanin.model.run.TableChanges;
import io.fanin.model.run.UnmatchedNames;
import io.fanin.model.run.Usage;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.table.TableProgress;
import io.fanin.tablecreator.registration.Deregistration;
import io.fanin.tablecreator.registration.DroppedRecords;
import io.fanin.tablecreator.registration.RegistrationResults;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Creates the run's report, from which all other outputs take their numbers. */
final class PassReport {

    private PassReport() {}

    /**
     * The outcome of a pass.
     *
     * @param table in which it registered
     * @param record of the table, after the pass
     * @param changes the pass's changes to the table other than registering partitions
     */
    record Outcome(CatalogTable table, RegistrationResults registration, TableRecord record, Changes changes) {}

    /**
     * The report of a pass.
     *
     * @param own the resources that the table-creator has used so far
     */
    static RunReport of(RunFolder run, Execution execution, PassPlan plan, Outcome outcome, Usage own) {
        int pass = plan.input().pass();
        Optional<RunReport> previous = plan.input().previous();
        ResolvedSpec spec = plan.input().spec();
        PassResults results = plan.results();
        CatalogTable table = outcome.table();
        RegistrationResults registration = outcome.registration();
        TableRecord record = outcome.record();
        Changes changes = outcome.changes();
        TableDefinition definition = spec.definition();
        UnmatchedNames earlier =
                previous.map(report -> report.details().names()).orElse(UnmatchedNames.NONE);
        DroppedRecords leftOut = previous.map(DroppedRecords::of)
                .orElse(DroppedRecords.NONE)
                .and(registration.leftOut(definition.keys()));
        return new RunReport(
                new RunReport.Header(
                        RunReport.VERSION,
                        run.run(),
                        pass,
                        Optional.of(execution.id()),
                        execution.started(),
                        definition.name(),
                        definition.location().uri(),
                        spec.source().map(source -> source.location().uri())),
                PublishedParameters.status(record),
                new RunCounts(
                        record.lastRun().map(RecordedRun::registered).orElse(0L),
                        results.failed().size() + registration.refused().size(),
                        record.outstanding().size(),
                        0L,
                        record.progress().missing(),
                        new RunCounts.Exempt(Waivers.count(record), PublishedParameters.unverified(record)),
                        leftOut.count(),
                        new RunCounts.Gone(
                                record.vanished(),
                                previous.map(report -> report.counts().gone().deregistered())
                                        .orElseGet(changes::deregistered))),
                new TableProgress(
                        record.progress().completeThrough(),
                        record.progress().basis().isPresent() ? record.timeZone() : spec.timeZone()),
                record.outstanding().stream()
                        .map(failure ->
                                outstanding(failure, plan.input().lookedUp().later(), record, definition.keys()))
                        .toList(),
                results.skipped(definition.keys(), registration.leftToOthers()),
                new RunReport.Details(
                        results.work().millisPerPartition(),
                        table.created(),
                        record.isHealed(),
                        new RunReport.LeftOut(leftOut.sample(), leftOut.quarantine(spec, run), names(earlier, results)),
                        record.waived().stream()
                                .map(waived -> waived.named(definition.keys()))
                                .toList(),
                        previous.map(report -> report.details().changes()).orElseGet(changes::reported),
                        Optional.of(usage(run, pass, results).and(own))
                                .filter(all -> !all.equals(Usage.NONE))
                                .map(all -> new RunReport.PassUsage(
                                        all,
                                        stateTransitions(
                                                pass, spec, results.work().batches())))));
    }

    /**
     * The unmatched names of all passes up to this one.
     *
     * @param earlier those of the earlier passes
     */
    private static UnmatchedNames names(UnmatchedNames earlier, PassResults results) {
        return results.processed().stream()
                .map(PartitionResult.Processed::names)
                .reduce(earlier, UnmatchedNames::and);
    }

    private static Usage usage(RunFolder run, int pass, PassResults results) {
        Usage detection = pass == 0
                ? run.start().map(start -> new Usage(start.requests(), 0)).orElse(Usage.NONE)
                : Usage.NONE;
        return detection.and(results.work().usage());
    }

    private static long stateTransitions(int pass, ResolvedSpec spec, int batches) {
        NextStep next = NextStep.toProcess(spec.processor());
        return pass == 0
                ? StateTransitions.estimate(
                        batches == 0 ? NextStep.REGISTER : next,
                        batches > 0 && spec.processor().needsCheck(),
                        batches)
                : StateTransitions.ofRedrive(next, batches);
    }

    /**
     * The changes of the first pass to the table other than registering partitions; later passes repeat them in their
     * reports.
     */
    record Changes(Deregistration.Result vanished, Optional<TableChanges.AddedColumns> columns) {

        private OptionalLong deregistered() {
            long count = vanished.gone().size();
            return count == 0 ? OptionalLong.empty() : OptionalLong.of(count);
        }

        private TableChanges reported() {
            return new TableChanges(vanished.sample(), vanished.kept(), columns);
        }
    }

    private static RunReport.Outstanding outstanding(
            OutstandingFailure failure, Set<RunId> later, TableRecord record, List<PartitionKey> keys) {
        return new RunReport.Outstanding(
                failure.partition().values().nameFor(keys),
                failure.partition().values().values(),
                failure.partition().prefix(),
                new RunReport.Outstanding.Cause(
                        failure.failure().error(),
                        failure.failure().message(),
                        failure.since(),
                        Optional.of(failure.run()).filter(later::contains)),
                failure.attempts(),
                failure.standing(),
                record.isSetAside(failure),
                failure.partition().source());
    }
}
