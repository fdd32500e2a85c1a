package io.fanin.detector;

import io.fanin.core.catalog.CatalogTable;
import io.fanin.core.catalog.GlueCatalog;
import io.fanin.core.layout.Layout;
import io.fanin.core.partition.PartitionValues;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TableRecords;
import io.fanin.core.run.DetectionReport;
import io.fanin.core.run.Execution;
import io.fanin.core.run.ManifestSummary;
import io.fanin.core.run.Next;
import io.fanin.core.run.RunFolder;
import io.fanin.core.run.RunId;
import io.fanin.core.s3.DataBuckets;
import io.fanin.core.s3.S3Pages;
import io.fanin.core.spec.SpecException;
import io.fanin.core.spec.TableSpec;
import io.fanin.core.store.ObjectStore;
import io.fanin.core.table.TableDefinition;
import io.fanin.core.table.TableName;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins a run: resolves the spec, finds the partitions to process, and writes both into the run folder. Nothing else is
 * changed, and an execution whose detector is invoked twice has one manifest, the first.
 */
final class Detector {

    private static final Logger LOG = LoggerFactory.getLogger(Detector.class);

    private final ObjectStore state;
    private final GlueCatalog catalog;
    private final S3Pages pages;
    private final ExecutionInput.SpecSource specs;
    private final DataBuckets buckets;
    private final TableRecords records;

    Detector(
            ObjectStore state,
            GlueCatalog catalog,
            S3Pages pages,
            ExecutionInput.SpecSource specs,
            DataBuckets buckets) {
        this.state = state;
        this.catalog = catalog;
        this.pages = pages;
        this.specs = specs;
        this.buckets = buckets;
        this.records = new TableRecords(state);
    }

    DetectorAnswer detect(Execution execution) {
        RunFolder run = new RunFolder(state, execution.runId());
        Optional<ManifestSummary> earlier = run.findSummary(0);
        if (earlier.isPresent()) {
            LOG.info("run {} has a manifest from an earlier invocation, which stands", run.run());
            return answer(
                    run,
                    run.spec(),
                    next(earlier.get()),
                    earlier.get(),
                    run.detection().orElseThrow());
        }
        return switch (ExecutionInput.read(execution.input(), specs)) {
            case ExecutionInput.Table table -> begin(run, table.spec());
            case ExecutionInput.RedriveOf redrive -> beginRedrive(run, redrive.run());
        };
    }

    private DetectorAnswer begin(RunFolder run, TableSpec given) {
        Optional<CatalogTable> table = catalog.table(given.tableName());
        TableSpec spec = SpecResolution.resolve(given, table);
        TableDefinition definition = spec.definition();
        requireAllowed(definition);
        SkipLog skips = new SkipLog();
        PrefixWalk walk = new PrefixWalk(pages, definition.location(), Layout.of(definition), skips);
        Set<PartitionValues> registered = new HashSet<>();
        table.ifPresent(t -> catalog.forEachPartition(t.name(), partition -> registered.add(partition.values())));
        return conclude(run, spec, new ListDetection(walk, skips, registered, standing(definition, table)));
    }

    private DetectorAnswer beginRedrive(RunFolder run, RunId redriven) {
        RunFolder earlier = new RunFolder(state, redriven);
        TableSpec spec = earlier.findSpec()
                .orElseThrow(() -> SpecException.at(
                        "$.redriveOf",
                        "there is no run " + redriven + ": expected the name of an execution of this state machine"
                                + " whose run folder has not expired"));
        TableDefinition definition = spec.definition();
        requireAllowed(definition);
        // A run without a report may never have created its table.
        Optional<CatalogTable> table = earlier.report().isPresent()
                ? Optional.of(catalog.tableOfEarlierRun(definition))
                : catalog.table(definition.name());
        return conclude(
                run,
                spec,
                new RedriveDetection(earlier, values -> registered(table, values), standing(definition, table)));
    }

    private DetectorAnswer conclude(RunFolder run, TableSpec spec, Detection detection) {
        Detection.Detected detected = detection.detect();
        DetectionReport report = detected.report();
        run.writeSpec(spec);
        run.writeDetection(report);
        if (detected.candidates().isEmpty() && !detected.flagsStale()) {
            return answer(run, spec, Next.NOTHING_NEW, new ManifestSummary(0, 0), report);
        }
        ManifestSummary manifest = run.writeManifest(0, detected.candidates());
        return answer(run, spec, next(manifest), manifest, report);
    }

    private static DetectorAnswer answer(
            RunFolder run, TableSpec spec, Next next, ManifestSummary manifest, DetectionReport report) {
        DetectorAnswer answer = DetectorAnswer.of(spec.tableName(), run, next, manifest, report);
        LOG.info(
                "{}: {} partitions found, {} to process in {} batches, {} names skipped, next {}",
                answer.table(),
                answer.found(),
                answer.partitions(),
                answer.batches(),
                answer.skipped(),
                next);
        return answer;
    }

    private static Next next(ManifestSummary manifest) {
        return manifest.partitions() == 0 ? Next.REGISTER : Next.PROCESS;
    }

    private TableStanding standing(TableDefinition definition, Optional<CatalogTable> table) {
        TableName name = definition.name();
        TableRecord record = records.read(name);
        return new TableStanding(
                record, definition.keys(), table.map(CatalogTable::parameters).orElse(Map.of()));
    }

    private Set<PartitionValues> registered(Optional<CatalogTable> table, Collection<PartitionValues> values) {
        return table.isPresent() && !values.isEmpty()
                ? catalog.registered(table.get().name(), values)
                : Set.of();
    }

    private void requireAllowed(TableDefinition table) {
        if (!buckets.allow(table.location())) {
            throw SpecException.at(
                    "$.location",
                    table.location() + " lies outside the stack's data buckets (" + buckets
                            + "): correct it, or name the bucket in the stack's parameter DataBuckets");
        }
    }
}
