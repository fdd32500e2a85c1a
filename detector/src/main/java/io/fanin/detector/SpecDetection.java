package io.fanin.detector;

import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TableRecords;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.store.ObjectStore;
import io.fanin.core.tables.SpecResolution;
import io.fanin.core.tables.SqlFiles;
import io.fanin.core.tables.StackBuckets;
import io.fanin.detector.detect.Detections;
import io.fanin.detector.detect.WaiverDetection;
import io.fanin.detector.select.Detected;
import io.fanin.model.run.RunId;
import io.fanin.model.run.WaiverChange;
import io.fanin.model.spec.SpecException;
import io.fanin.model.spec.TableSpec;
import io.fanin.model.spec.WaiverRequest;
import io.fanin.model.table.Column;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.table.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Resolves specs, and detects what there is to do for them. Changes nothing. */
public final class SpecDetection {

    private final ObjectStore state;
    private final GlueCatalog catalog;
    private final StackBuckets buckets;
    private final SqlFiles sqlFiles;
    private final TableRecords records;
    private final SourceCheck lineage;
    private final FolderClaims folders;
    private final Detections detections;

    public SpecDetection(
            ObjectStore state,
            GlueCatalog catalog,
            StackBuckets buckets,
            SqlFiles sqlFiles,
            TableRecords records,
            FolderClaims folders,
            Detections detections) {
        this.state = state;
        this.catalog = catalog;
        this.buckets = buckets;
        this.sqlFiles = sqlFiles;
        this.records = records;
        this.lineage = new SourceCheck(state);
        this.folders = folders;
        this.detections = detections;
    }

    /** A table's state before detection; the spec is resolved. */
    record Look(TableSpec spec, Optional<CatalogTable> table, TableRecord record) {

        /** The columns that the run adds to the table. */
        List<Column> newColumns() {
            return table.flatMap(known -> spec.columnsToAppend(known.columns())).orElse(List.of());
        }
    }

    /** A run that is to be redriven, and its spec. */
    public record Earlier(RunFolder run, TableSpec spec) {
        public Earlier with(TableSpec other) {
            return new Earlier(run, other);
        }
    }

    /**
     * Resolves a spec, the text of its query included, and reads what is known of its table.
     *
     * @throws SpecException when the spec cannot be run on the table as it is
     */
    public Look look(TableSpec given) {
        Optional<CatalogTable> table = catalog.table(given.tableName());
        TableSpec completed = sqlFiles.withQuery(SpecResolution.completed(given, table));
        TableSpec spec = SpecResolution.resolve(completed, table);
        buckets.requireAllowed(spec);
        TableRecord record = records.read(given.tableName());
        if (table.isPresent()) {
            lineage.requireSaid(completed, spec, record);
        }
        return new Look(spec, table, record);
    }

    public DetectionResult detect(Look look, Instant time) {
        return found(
                look,
                () -> detections
                        .of(look.spec(), look.table(), look.record(), time)
                        .detect());
    }

    /** For a spec that an earlier invocation has resolved. */
    Look lookResolved(TableSpec spec) {
        Optional<CatalogTable> table = catalog.table(spec.tableName());
        table.ifPresent(known -> known.requireUsableFor(spec.definition()));
        return new Look(spec, table, records.read(spec.tableName()));
    }

    /**
     * For input that may name only the table: then the last run's spec is used.
     *
     * @throws SpecException when the catalog has no such table
     */
    Look lookAsBefore(TableSpec given) {
        Look look = given.saysOnlyWhichTable()
                ? lastSpec(given.tableName()).map(this::lookResolved).orElseGet(() -> lookAtTable(given))
                : look(given);
        if (look.table().isEmpty()) {
            throw noTable(given.tableName());
        }
        return look;
    }

    /** A table that does not exist is named before the fields are that a spec without one would need. */
    private Look lookAtTable(TableSpec given) {
        if (catalog.table(given.tableName()).isEmpty()) {
            throw noTable(given.tableName());
        }
        return look(given);
    }

    private static SpecException noTable(TableName table) {
        return SpecException.at("$.table", "expected a table of the catalog, and it has no " + table);
    }

    private Optional<TableSpec> lastSpec(TableName table) {
        return records.read(table).changedBy().flatMap(run -> new RunFolder(state, run).findSpec());
    }

    /** Detects what has to be waived, and what no longer. */
    DetectionResult detect(Look look, WaiverRequest request, Instant time) {
        WaiverDetection.Found found = detections
                .waivers(look.spec(), look.table(), look.record(), request, time)
                .detect();
        return found(look, found::detected).with(found.change());
    }

    /** What is left to do of an earlier run. */
    public DetectionResult detectLeft(Earlier earlier, Instant time) {
        TableDefinition definition = earlier.spec().definition();
        // A run without a report may never have created its table.
        Optional<CatalogTable> table = earlier.run()
                .report()
                .map(report ->
                        catalog.tableOfEarlierRun(definition, report.details().tableCreated()))
                .or(() -> catalog.table(definition.name()));
        Look look = new Look(earlier.spec(), table, records.read(definition.name()));
        return found(
                look,
                () -> detections
                        .ofRedrive(earlier.run(), earlier.spec(), table, look.record(), time)
                        .detect());
    }

    /** Nothing is detected for a table that may not be created at the spec's location. */
    private DetectionResult found(Look look, Supplier<Detected> detection) {
        boolean ownsFolder = folders.ownsOrMayClaim(look.spec(), look.record());
        Detected detected = detection.get();
        return new DetectionResult(
                look.spec(),
                look.record(),
                detected.with(detected.report()
                        .ofTable(look.table().flatMap(CatalogTable::created))
                        .adding(look.newColumns())),
                ownsFolder,
                WaiverChange.NONE);
    }

    /**
     * The run that is to be redriven.
     *
     * @throws SpecException when there is no such run, or it began nothing
     */
    public Earlier earlier(RunId redriven) {
        RunFolder run = new RunFolder(state, redriven);
        TableSpec spec = run.findSpec().orElseThrow(() -> nothingToRedrive(run));
        buckets.requireAllowed(spec);
        return new Earlier(run, spec);
    }

    private static SpecException nothingToRedrive(RunFolder run) {
        return SpecException.at(
                "$.redriveOf",
                run.plan().isPresent()
                        ? "the run " + run.run()
                                + " was a dry run, which only planned and has nothing to redrive: start"
                                + " an execution with its spec, without dryRun"
                        : "there is no run " + run.run() + ": expected the name of an execution of this state machine"
                                + " whose run folder has not expired");
    }
}
