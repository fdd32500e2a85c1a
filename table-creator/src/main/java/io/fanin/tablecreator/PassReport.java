package io.fanin.tablecreator;

import io.fanin.core.catalog.partition.RegistrationReport;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.PublishedParameters;
import io.fanin.core.record.TableRecord;
import io.fanin.core.run.Execution;
import io.fanin.core.run.RunCounts;
import io.fanin.core.run.RunReport;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.spec.TableSpec;
import io.fanin.core.table.TableDefinition;
import java.util.Optional;

/** Creates the run's report, the source of the numbers in all other outputs. */
final class PassReport {

    private PassReport() {}

    /**
     * The report of a pass.
     *
     * @param previous of the pass before
     * @param table into which it registered
     * @param record after the pass
     */
    static RunReport of(
            RunFolder run,
            int pass,
            Execution execution,
            Optional<RunReport> previous,
            TableSpec spec,
            CatalogTable table,
            PassResults results,
            RegistrationReport registration,
            TableRecord record) {
        TableDefinition definition = spec.definition();
        LeftOut leftOut =
                previous.map(LeftOut::of).orElse(LeftOut.NONE).and(results.leftOut(registration, definition.keys()));
        return new RunReport(
                new RunReport.Header(
                        RunReport.VERSION,
                        run.run(),
                        pass,
                        Optional.of(execution.id()),
                        definition.name().toString(),
                        definition.location().uri()),
                PublishedParameters.status(record),
                new RunCounts(
                        record.lastRun().map(TableRecord.LastRun::registered).orElse(0L),
                        results.failed().size() + registration.refused().size(),
                        record.outstanding().size(),
                        0L,
                        record.missing(),
                        leftOut.count()),
                record.completeThrough(),
                record.outstanding().stream()
                        .map(failure -> outstanding(failure, spec))
                        .toList(),
                results.skipped(definition.keys()),
                new RunReport.Details(
                        results.millisPerPartition(),
                        table.created(),
                        record.isHealed(),
                        leftOut.sample(),
                        leftOut.quarantine(spec, run)));
    }

    private static RunReport.Outstanding outstanding(OutstandingFailure failure, TableSpec spec) {
        Optional<Integer> maxAttempts = spec.detectionOrDefault().maxAttempts();
        return new RunReport.Outstanding(
                failure.partition().values().nameFor(spec.definition().keys()),
                failure.partition().values().values(),
                failure.partition().prefix(),
                new RunReport.Outstanding.Cause(
                        failure.failure().error(), failure.failure().message()),
                failure.attempts(),
                failure.registeredBy(),
                maxAttempts.filter(max -> failure.attempts() >= max).isPresent(),
                failure.partition().source());
    }
}
