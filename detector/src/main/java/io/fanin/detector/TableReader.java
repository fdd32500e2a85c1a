package io.fanin.detector;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TableRecords;
import io.fanin.core.redrive.LaterRuns;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.run.folder.RunStart;
import io.fanin.core.store.ObjectStore;
import io.fanin.core.tables.SpecResolution;
import io.fanin.core.tables.SqlFiles;
import io.fanin.core.tables.StackBuckets;
import io.fanin.detector.catalog.TableSnapshot;
import io.fanin.model.run.RunId;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.SpecException;
import io.fanin.model.spec.TableSpec;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.table.TableName;
import java.util.Optional;

/** Resolves specs, and reads their tables and records. Changes nothing. */
final class TableReader {

    private final ObjectStore state;
    private final GlueCatalog catalog;
    private final StackBuckets buckets;
    private final SqlFiles sqlFiles;
    private final TableRecords records;
    private final SourceCheck lineage;
    private final RecordedPrefixes prefixes;
    private RunFolder lastRead;

    TableReader(ObjectStore state, GlueCatalog catalog, StackBuckets buckets, SqlFiles sqlFiles, TableRecords records) {
        this.state = state;
        this.catalog = catalog;
        this.buckets = buckets;
        this.sqlFiles = sqlFiles;
        this.records = records;
        this.lineage = new SourceCheck(state);
        this.prefixes = new RecordedPrefixes(state);
    }

    /**
     * Resolves a spec, including the text of its query, and reads its table.
     *
     * @throws SpecException if the spec is invalid for the present table
     */
    TableSnapshot read(TableSpec given) {
        return catalog.table(given.tableName()).map(table -> read(given, table)).orElseGet(() -> readNew(given));
    }

    private TableSnapshot read(TableSpec given, CatalogTable table) {
        TableSpec completed = sqlFiles.withQuery(SpecResolution.completed(given, table));
        TableRecord record = records.read(given.tableName());
        ResolvedSpec resolved = allowed(SpecResolution.resolve(completed, prefixes.restored(completed, table, record)));
        TableSnapshot snapshot = inKnownZone(new TableSnapshot(resolved, Optional.of(table), record));
        lineage.requireSourceStated(completed, snapshot.spec(), record);
        return snapshot;
    }

    private TableSnapshot readNew(TableSpec given) {
        TableSpec completed = sqlFiles.withQuery(given);
        TableRecord record = records.read(given.tableName());
        ResolvedSpec resolved = allowed(SpecResolution.resolveNew(completed));
        return inKnownZone(new TableSnapshot(resolved, Optional.empty(), record));
    }

    private ResolvedSpec allowed(ResolvedSpec resolved) {
        buckets.requireAllowed(resolved);
        return resolved;
    }

    /** A table whose parameters another tool has removed keeps the zone of its record. */
    private static TableSnapshot inKnownZone(TableSnapshot read) {
        if (read.spec().timeZone().isPresent()) {
            return read;
        }
        return read.record()
                .timeZone()
                .map(zone -> new TableSnapshot(read.spec().inZone(zone), read.table(), read.record()))
                .filter(zoned -> zoned.record().isAbout(zoned.scope()))
                .orElse(read);
    }

    /** Reads the table for a spec that an earlier invocation has resolved. */
    TableSnapshot readResolved(ResolvedSpec spec) {
        Optional<CatalogTable> table = catalog.table(spec.tableName());
        table.ifPresent(known -> known.requireUsableFor(spec.definition()));
        return new TableSnapshot(spec, table, records.read(spec.tableName()));
    }

    /**
     * Reads the table for input that may contain only its name: then the last run's spec is used, with the columns,
     * keys, layout and zone that the table has now.
     *
     * @throws SpecException if the catalog has no such table
     */
    TableSnapshot readAsBefore(TableSpec given) {
        TableSnapshot snapshot = given.namesTableOnly()
                ? lastSpec(given.tableName()).map(this::readAsDefinedNow).orElseGet(() -> readExisting(given))
                : read(given);
        if (snapshot.table().isEmpty()) {
            throw noTable(given.tableName());
        }
        return snapshot;
    }

    /** Without a table, or if the spec does not fit it any more, the spec is that of the last run. */
    private TableSnapshot readAsDefinedNow(ResolvedSpec last) {
        try {
            return read(SpecResolution.besidesCatalog(last));
        } catch (SpecException e) {
            return readResolved(last);
        }
    }

    /** A missing table is reported before the fields that a spec without one would need. */
    private TableSnapshot readExisting(TableSpec given) {
        if (catalog.table(given.tableName()).isEmpty()) {
            throw noTable(given.tableName());
        }
        return read(given);
    }

    private static SpecException noTable(TableName table) {
        return SpecException.at("$.table", "expected a table of the catalog, and it has no " + table);
    }

    private Optional<ResolvedSpec> lastSpec(TableName table) {
        Optional<RunFolder> run = records.read(table).changedBy().map(last -> new RunFolder(state, last));
        lastRead = run.orElse(null);
        return run.flatMap(RunFolder::findSpec);
    }

    /** The input of the run whose spec {@link #readAsBefore} has read last; empty if it is not known. */
    Optional<ObjectNode> lastInput() {
        return Optional.ofNullable(lastRead).flatMap(RunFolder::start).flatMap(RunStart::input);
    }

    /**
     * Reads the table for a run that continues an earlier one. An earlier run without a report may never have created
     * its table.
     */
    TableSnapshot readAfter(RunFolder earlier, ResolvedSpec spec) {
        TableDefinition definition = spec.definition();
        Optional<CatalogTable> table = earlier.report()
                .map(report -> catalog.tableOfEarlierRun(definition, report))
                .or(() -> catalog.table(definition.name()));
        return new TableSnapshot(spec, table, records.read(definition.name()));
    }

    /** @param others finds the later runs */
    record EarlierRun(RunFolder run, ResolvedSpec spec, LaterRuns others) {}

    /**
     * The run that is to be redriven.
     *
     * @throws SpecException if there is no such run, or it has not begun
     */
    EarlierRun earlierRun(RunId redriven) {
        RunFolder run = new RunFolder(state, redriven);
        ResolvedSpec spec = run.findSpec().orElseThrow(() -> nothingToRedrive(run));
        buckets.requireBuckets(spec);
        return new EarlierRun(run, spec, new LaterRuns(other -> new RunFolder(state, other)));
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
