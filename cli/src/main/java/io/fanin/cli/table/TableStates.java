package io.fanin.cli.table;

import io.fanin.cli.aws.Deployment;
import io.fanin.cli.console.Hints;
import io.fanin.cli.execution.ExecutionDetails;
import io.fanin.cli.execution.Executions;
import io.fanin.cli.execution.FailedPartition;
import io.fanin.core.catalog.CatalogException;
import io.fanin.core.catalog.client.ExistingTables;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.parallel.Workers;
import io.fanin.core.record.PublishedParameters;
import io.fanin.core.record.TableRecord;
import io.fanin.core.run.folder.DetectionFiles;
import io.fanin.model.json.UnreadableDocumentException;
import io.fanin.model.names.FaninNames;
import io.fanin.model.run.RunId;
import io.fanin.model.run.RunReport;
import io.fanin.model.run.TableStatus;
import io.fanin.model.table.TableName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Reads the states of tables, with a few requests for each, regardless of its number of partitions: Glue's table, the
 * table's record, its lease, the report of its last run and that run's execution.
 *
 * @param hints commands for tables that cannot be read
 */
public record TableStates(Deployment stack, Executions executions, Clock clock, Hints hints) {

    /** The full state of a table; empty if it is not in the catalog. */
    public Optional<TableState> find(TableName name) {
        return stack.catalog().table(name).map(this::inFull);
    }

    private TableState inFull(CatalogTable table) {
        TableRecord record = stack.record(table);
        Optional<RunReport> report =
                record.lastRun().flatMap(last -> stack.run(last.run()).report());
        Optional<LastRun> lastRun = record.lastRun()
                .map(LastRun::of)
                .map(last -> report.map(last::with).orElse(last))
                .map(last -> last.lookedUp(executions));
        List<FailedPartition> failures = FailedPartition.of(record, table.keys());
        Instant ended = lastRun.map(LastRun::ended).orElse(Instant.EPOCH);
        Optional<String> holder = stack.leases().holder(table.name());
        Optional<LastRun> outstanding = lastRun.filter(last -> hasOutstanding(last, record));
        // Takes a request for at most one run other than the last, and one for a later run to which the last one leaves
        // partitions.
        Optional<String> later = report.stream()
                .flatMap(last -> last.failures().stream())
                .flatMap(failure -> failure.cause().laterRun().stream())
                .findFirst()
                .flatMap(this::redrivable);
        Optional<String> redrivable = later.or(() -> outstanding
                .filter(last -> last.isRunning() || last.isRedrivable())
                .map(LastRun::redrivable)
                .orElseGet(() -> record.failedRuns().stream()
                        .filter(run ->
                                outstanding.filter(last -> last.isOf(run)).isEmpty())
                        .findFirst()
                        .flatMap(this::redrivable)));
        return state(
                table,
                record,
                failures,
                missing(table, record),
                new TableState.Runs(lastRun, redrivable, holder, failedSince(table.name(), ended), record.isLeftOut()));
    }

    /**
     * The executions of this stack that failed within a day.
     *
     * @param tables all of the stack's
     */
    public FailedLately failedLately(Executions ofAllTables, List<ListedTable> tables) {
        return FailedLately.find(executions, ofAllTables, HeldExecutions.of(tables), clock.instant());
    }

    /** The execution that is working on the table; empty if none is. */
    public Optional<String> running(TableName table) {
        return stack.leases()
                .holder(table)
                .map(Executions::name)
                .filter(name -> executions
                        .find(name)
                        .filter(ExecutionDetails::isRunning)
                        .isPresent());
    }

    /** The last failed execution of a table that no run has changed. */
    public Optional<FailedSince> failedWithoutRun(TableName table) {
        return failedSince(table, Instant.EPOCH);
    }

    private Optional<FailedSince> failedSince(TableName table, Instant ended) {
        return FailedSince.find(table, ended, stack, executions);
    }

    /**
     * The first missing partitions: those that the last run found, or, if it did not look at the whole table, an
     * earlier run. None if nothing is missing, or the names are no longer known.
     */
    private List<String> missing(CatalogTable table, TableRecord record) {
        if (record.progress().missing().isEmpty()) {
            return List.of();
        }
        MissingPartitions missing = new MissingPartitions(record.restored(table).keys(), record.timeZone());
        return record.lastRun()
                .flatMap(last -> stack.run(last.run()).detection())
                .flatMap(DetectionFiles::findReport)
                .map(seen -> missing.first(seen.counts().missing()))
                .filter(names -> !names.isEmpty())
                .orElseGet(() ->
                        missing.first(stack.histories().calendar(table.name()).open()));
    }

    /**
     * Whether a redrive of the last run covers the outstanding partitions. A held run covers all of them, even if
     * nothing failed in it.
     */
    private static boolean hasOutstanding(LastRun last, TableRecord record) {
        return record.failedRuns().stream()
                .findFirst()
                .filter(run -> last.isHeld() || last.isOf(run))
                .isPresent();
    }

    /** The execution of a run; empty if it has succeeded, is running, or is no longer known. */
    private Optional<String> redrivable(RunId run) {
        return Executions.nameOf(run, () -> stack.run(run).report())
                .filter(name -> executions
                        .find(name)
                        .filter(ExecutionDetails::isRedrivable)
                        .isPresent());
    }

    /**
     * The states of all tables that have a record in this stack, without their failures and the state of their last
     * runs. A table that is no longer in the catalog is left out, although its record remains. Usually takes one
     * request a table, and one for each 100 tables of a database. One that the catalog refuses to show hides no other.
     */
    public List<ListedTable> all() {
        ExistingTables tables = new ExistingTables(stack.catalog(), Workers.THREADS);
        return tables.each(
                stack.records().tables(),
                (name, listed) -> CatalogException.<Optional<ListedTable>>unlessRefused(
                        () -> tables.table(name, listed).map(this::inShort),
                        refusal -> Optional.of(UnreadableTable.of(name, refusal, hints))));
    }

    private ListedTable inShort(CatalogTable table) {
        try {
            return inShort(table, stack.record(table));
        } catch (UnreadableDocumentException e) {
            return UnreadableTable.of(table.name(), e, stack.clients());
        }
    }

    private TableState inShort(CatalogTable table, TableRecord record) {
        Optional<LastRun> lastRun = record.lastRun().map(LastRun::of);
        return state(
                table,
                record,
                List.of(),
                List.of(),
                new TableState.Runs(lastRun, Optional.empty(), Optional.empty(), Optional.empty(), record.isLeftOut()));
    }

    private TableState state(
            CatalogTable table,
            TableRecord record,
            List<FailedPartition> failures,
            List<String> missing,
            TableState.Runs runs) {
        Map<String, String> parameters = table.parameters();
        boolean hasRecord = !record.isOfFailedRunsOnly();
        Map<String, String> ours = new TreeMap<>(parameters);
        ours.keySet().removeIf(parameter -> !parameter.startsWith(FaninNames.PREFIX));
        Optional<String> published = Optional.ofNullable(parameters.get(FaninNames.STATUS));
        boolean isPartial =
                PublishedParameters.status(record) == TableStatus.PARTIAL || PublishedParameters.arePartial(parameters);
        String status = isPartial
                ? TableStatus.PARTIAL.name()
                : published.orElse(hasRecord ? TableStatus.COMPLETE.name() : TableState.NEVER_RUN);
        return new TableState(
                table.name().toString(),
                status,
                new TableState.Progress(
                        record.progress().completeThrough(),
                        behind(record),
                        record.outstanding().size(),
                        new TableState.Missing(record.progress().missing(), missing),
                        record.waived().stream()
                                .map(waived -> waived.named(table.keys()))
                                .toList(),
                        PublishedParameters.unverified(record),
                        record.progress().open(),
                        record.unfit()),
                failures,
                runs,
                ours,
                hasRecord ? PublishedParameters.differences(record, table) : List.of(),
                hasRecord);
    }

    private OptionalLong behind(TableRecord record) {
        return record.tableProgress().behind(clock.instant()).stream()
                .mapToLong(Duration::toSeconds)
                .findFirst();
    }
}
