package io.fanin.cli.table;

import io.fanin.cli.aws.Deployment;
import io.fanin.cli.console.CommandFailedException;
import io.fanin.cli.execution.Executions;
import io.fanin.cli.execution.FailedPartition;
import io.fanin.cli.execution.PartitionArgument;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.Waivers;
import io.fanin.core.run.folder.DetectionFiles;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.model.names.StateKeys;
import io.fanin.model.partition.EquivalentValues;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.PartitionLabel;
import io.fanin.model.run.RunId;
import io.fanin.model.run.RunReport;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.Vanished;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Collects all information about one partition, with one request to Glue and a few to S3. */
public record Explainer(Deployment stack, Instant now) {

    /**
     * Explains a partition.
     *
     * @param partition as Hive and Glue print it, or a JSON array of values
     * @throws CommandFailedException if there is no such table, or the text does not name a partition of it
     */
    public Explanation explain(TableName name, String partition, CommandFailedException noTable) {
        CatalogTable listed = stack.catalog().table(name).orElseThrow(() -> noTable);
        TableRecord record = stack.record(listed);
        CatalogTable table = record.restored(listed);
        PartitionValues values = PartitionArgument.values(partition, table);
        Optional<RunFolder> run = record.lastRun().map(last -> stack.run(last.run()));
        Optional<RunReport> report = run.flatMap(RunFolder::report);
        Optional<DetectionReport> detection = run.flatMap(RunFolder::detection).flatMap(DetectionFiles::findReport);
        Optional<GlueCatalog.DatedPartition> registered = stack.catalog().findDated(name, table.keys(), values);
        EquivalentValues forms = new EquivalentValues(table.keys());
        PartitionValues canonical = forms.canonical(values);
        Optional<OutstandingFailure> outstanding = record.outstanding().stream()
                .filter(failure -> forms.canonical(failure.values()).equals(canonical))
                .findFirst();
        Optional<FailedPartition> failed =
                outstanding.map(failure -> FailedPartition.of(failure, record, table.keys()));
        boolean isSetAside = failed.filter(FailedPartition::setAside).isPresent();
        PartitionFolders folders = PartitionFolders.of(table, record, stack);
        KnownPartition known = new KnownPartition(values, registered, outstanding);
        FirstObjects objects = new FirstObjects(stack.clients().pages());
        Optional<S3Location> prefix = folders.own(known, objects);
        Optional<S3Location> raw = folders.raw(known, objects);
        List<PartitionLabel> detected = detection
                .flatMap(seen -> seen.counts().changes().vanished())
                .map(Vanished::sample)
                .orElse(List.of());
        // If the run has a report, that has the outcome of each.
        List<PartitionLabel> vanished = report.map(
                        one -> one.details().changes().vanishedSample())
                .filter(sample -> !sample.isEmpty())
                .orElse(detected);
        String hiveName = values.nameFor(table.keys());
        return new Explanation(
                name.toString(),
                hiveName,
                values.values(),
                registered.map(this::registration),
                outstanding.map(failure -> new Explanation.Attempt(
                        failed.orElseThrow(), execution(failure.run()), failure.pass(), failure.since())),
                Optional.ofNullable(Waivers.byValues(record, forms).get(forms.canonical(values)))
                        .map(waived -> waived.named(table.keys())),
                new Explanation.Data(
                        prefix.map(S3Location::uri),
                        prefix.flatMap(objects::of),
                        raw.map(S3Location::uri),
                        raw.flatMap(objects::of)),
                new Reasons(
                                table.keys(),
                                record,
                                now,
                                record.lastRun()
                                        .map(last -> Executions.nameOf(last.run(), () -> report)
                                                .orElse(last.run().value())),
                                detection,
                                vanished,
                                stack.leases().holder(name))
                        .of(
                                known,
                                raw.or(() -> prefix)
                                        .map(S3Location::prefix)
                                        .map(Set::of)
                                        .orElse(Set.of()),
                                isSetAside));
    }

    private Explanation.Registration registration(GlueCatalog.DatedPartition dated) {
        RegisteredPartition partition = dated.partition();
        return new Explanation.Registration(
                dated.created(),
                partition.run().flatMap(Explainer::runId).map(this::execution),
                partition.location(),
                new TreeMap<>(partition.parameters()));
    }

    private static Optional<RunId> runId(String folder) {
        return S3Location.find(folder).flatMap(at -> StateKeys.findRun(at.prefix()));
    }

    /** The name of the run's execution; the run's id if the name is no longer known. */
    private String execution(RunId run) {
        return Executions.nameOf(run, () -> stack.run(run).report()).orElse(run.value());
    }
}
