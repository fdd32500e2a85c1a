package io.fanin.core.record;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.catalog.table.PrefixParameters;
import io.fanin.model.partition.EquivalentValues;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.RunId;
import io.fanin.model.run.TableStatus;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.RecordChange;
import io.fanin.model.run.detection.UnfitNames;
import io.fanin.model.run.detection.UnverifiedCount;
import io.fanin.model.table.KeyZone;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableProgress;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The record of a table, the project's own state; the table's parameters in Glue are its published copy.
 *
 * @param outstanding partitions that failed and have not been registered since
 * @param progress how far the table is complete, as {@link Watermark} moves it; its components stand among those of the
 *     document
 * @param vanished the number of registered partitions without data after the last full detection; absent for none
 * @param lastRun the run that changed the record last
 * @param ownedFolder the URI of the folder that the table owned when its location last changed, or a note that it has
 *     lost the folder since; absent if no partitions were created yet
 * @param empty partitions whose prefixes held no data when they were last processed, and which have neither failed nor
 *     been registered by a run since: they are listed, but not processed again before they hold data
 * @param notBegun those of the empty partitions whose prefixes had only markers of folders: nothing was ever written
 * @param waived partitions that users have waived: none of them is outstanding
 * @param tableCreated the creation time of Glue's table to which the outstanding, waived and empty partitions belong;
 *     absent if not known
 * @param unfit the names that do not fit the layout, as of the last listing of the whole table, or else of its newest
 *     periods
 * @param unverified the registered partitions that no run has processed, as last counted; absent if they never were
 * @param notices the last notice about the table, by listener
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record TableRecord(
        int version,
        List<OutstandingFailure> outstanding,
        @JsonUnwrapped RecordedProgress progress,
        OptionalLong vanished,
        Optional<RecordedRun> lastRun,
        Optional<String> ownedFolder,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<PartitionValues> empty,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<PartitionValues> notBegun,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<RecordedWaiver> waived,
        Optional<Instant> tableCreated,
        Optional<UnfitNames> unfit,
        Optional<UnverifiedCount> unverified,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonProperty("told")
        Map<String, SentNotice> notices) {

    /**
     * Whether the last notice says that runs of all tables leave the table out, and no run of it has succeeded since.
     */
    @JsonIgnore
    public boolean isLeftOut() {
        return notices.values().stream().anyMatch(SentNotice::isOfLeftOut);
    }

    /** The version of this document's shape. */
    public static final int VERSION = 1;

    /** The record of a table without runs. */
    public static final TableRecord NEW = new TableRecordFields().record();

    /** The maximum number of empty partitions that are kept, the last of them: others are processed once more. */
    static final int MAX_EMPTY = 1000;

    /** Whether there may be more empty partitions than are kept. */
    public boolean lacksEmpty() {
        return empty.size() >= MAX_EMPTY;
    }

    /** Lists and maps missing from a document are empty. */
    public TableRecord {
        outstanding = List.copyOf(outstanding);
        empty = empty == null ? List.of() : List.copyOf(empty);
        notBegun = notBegun == null ? List.of() : List.copyOf(notBegun);
        waived = waived == null ? List.of() : List.copyOf(waived);
        notices = notices == null ? Map.of() : Map.copyOf(notices);
    }

    /**
     * The record with these failures added, whose partitions are no longer waived. A partition that failed before keeps
     * its count of attempts.
     *
     * @param forms the spellings of the same partition, {@code 7} for {@code 07}
     */
    public TableRecord withFailures(Collection<OutstandingFailure> failures, EquivalentValues forms) {
        Map<PartitionValues, OutstandingFailure> all = forms.index(outstanding, OutstandingFailure::values);
        for (OutstandingFailure failure : failures) {
            all.merge(forms.canonical(failure.values()), failure, OutstandingFailure::combinedWith);
        }
        TableRecord others =
                without(failures.stream().map(OutstandingFailure::values).toList(), forms);
        return others.with(List.copyOf(all.values()), others.waived);
    }

    /** The record without these partitions, whatever form their values have. */
    public TableRecord without(Collection<PartitionValues> partitions, EquivalentValues forms) {
        return copy(fields -> {
            fields.outstanding = forms.without(outstanding, OutstandingFailure::values, partitions);
            fields.waived = forms.without(waived, RecordedWaiver::values, partitions);
            fields.empty = forms.without(empty, Function.identity(), partitions);
            fields.notBegun = forms.without(notBegun, Function.identity(), partitions);
        });
    }

    TableRecord with(List<OutstandingFailure> newOutstanding, List<RecordedWaiver> newWaived) {
        return copy(fields -> {
            fields.outstanding = newOutstanding;
            fields.waived = newWaived;
        });
    }

    /** The record with these partitions marked as empty, since nothing but markers of folders was in them. */
    public TableRecord withNotBegun(Collection<PartitionValues> partitions, EquivalentValues forms) {
        List<PartitionValues> all = Stream.concat(
                        forms.without(notBegun, Function.identity(), partitions).stream(), partitions.stream())
                .toList();
        return withEmpty(partitions, forms)
                .copy(fields -> fields.notBegun = all.subList(Math.max(0, all.size() - MAX_EMPTY), all.size()));
    }

    /** The record with these partitions marked as empty. */
    public TableRecord withEmpty(Collection<PartitionValues> partitions, EquivalentValues forms) {
        List<PartitionValues> all = Stream.concat(
                        forms.without(empty, Function.identity(), partitions).stream(), partitions.stream())
                .toList();
        return copy(fields -> {
            fields.empty = all.subList(Math.max(0, all.size() - MAX_EMPTY), all.size());
            fields.notBegun = forms.without(notBegun, Function.identity(), partitions);
        });
    }

    /**
     * The record as it applies to this table: outstanding, waived and empty partitions of a table that has been dropped
     * are removed.
     *
     * @param table in the catalog
     */
    public TableRecord ofTable(CatalogTable table) {
        TableRecord record = isOfAnother(table) ? ofDropped() : this;
        return record.copy(fields -> fields.tableCreated = table.created().or(() -> record.tableCreated));
    }

    /** Whether it is known to be the record of a table of this name that has been dropped since. */
    public boolean isOfAnother(CatalogTable table) {
        return knownTable()
                .flatMap(before -> table.created().filter(now -> !now.equals(before)))
                .isPresent();
    }

    /** Whether a run has been recorded since this table was created. */
    public boolean hasRunOf(CatalogTable table) {
        return lastRun.isPresent() && !isOfAnother(table);
    }

    /** The record as it applies if the catalog has no such table, see {@link #ofTable}. */
    public TableRecord ofNoTable() {
        return knownTable().isPresent() ? ofDropped() : this;
    }

    /** When the table was created to which the record belongs; empty if not known. */
    private Optional<Instant> knownTable() {
        return tableCreated.or(() -> progress.basis().flatMap(ProgressScope::tableCreated));
    }

    private TableRecord ofDropped() {
        return copy(fields -> {
            fields.outstanding = List.of();
            fields.empty = List.of();
            fields.notBegun = List.of();
            fields.vanished = 0;
            fields.waived = List.of();
            fields.unverified = Optional.empty();
            fields.tableCreated = Optional.empty();
            if (progress.basis().isEmpty()) {
                fields.progress = RecordedProgress.NONE; // without a basis, nothing shows that it is another table's
            }
        });
    }

    public TableRecord with(RecordedProgress moved) {
        return copy(fields -> fields.progress = moved);
    }

    /** The record with this as the earliest period that is neither registered nor outstanding. */
    TableRecord withOpen(String moment) {
        return copy(fields -> fields.progress = progress.withOpen(moment));
    }

    /** The record with this as the earliest period that may be missing since the last scan of it. */
    TableRecord withReopened(String moment) {
        return copy(fields -> fields.progress = progress.withReopened(moment));
    }

    /** The record with this number of registered partitions whose data is gone. */
    public TableRecord withVanished(long partitions) {
        return copy(fields -> fields.vanished = partitions);
    }

    /** The record with these names that do not fit the layout. */
    public TableRecord withUnfit(UnfitNames names) {
        return copy(fields -> fields.unfit = Optional.of(names));
    }

    /** The record of a table whose names all fit the layout. */
    public TableRecord withoutUnfit() {
        return copy(fields -> fields.unfit = Optional.empty());
    }

    /**
     * Whether it knows nothing of the table: runs that failed have left at most the names that do not fit, and notices.
     */
    @JsonIgnore
    public boolean isOfFailedRunsOnly() {
        return withoutUnfit().copy(fields -> fields.notices = Map.of()).equals(NEW);
    }

    /** The count of partitions that no run has processed; empty if it is that of another table, or there is none. */
    public Optional<UnverifiedCount> unverifiedOf(ProgressScope now) {
        return progress.basis().isEmpty() || isAbout(now) ? unverified : Optional.empty();
    }

    /** The record with this count of partitions that no run has processed. */
    public TableRecord withUnverified(UnverifiedCount count) {
        return copy(fields -> fields.unverified = Optional.of(count));
    }

    /** The record without a count of partitions that no run has processed. */
    TableRecord withoutUnverified() {
        return copy(fields -> fields.unverified = Optional.empty());
    }

    /** The record of a table whose progress is unknown. */
    public TableRecord withoutProgress() {
        return with(RecordedProgress.NONE).withoutUnverified();
    }

    /** The run that changed the record last; empty if there is none. */
    public Optional<RunId> changedBy() {
        return lastRun.map(RecordedRun::run);
    }

    /**
     * The runs in which the outstanding partitions failed, newest first. A partition that fails again keeps its place
     * among those that are outstanding, which is therefore no order of runs.
     */
    public List<RunId> failedRuns() {
        Comparator<OutstandingFailure> oldestFirst = Comparator.comparing(
                        (OutstandingFailure failure) -> changedBy().equals(Optional.of(failure.run())))
                .thenComparing(failure -> failure.at().orElse(Instant.MIN));
        return outstanding.stream().sorted(oldestFirst).toList().reversed().stream()
                .map(OutstandingFailure::run)
                .distinct()
                .toList();
    }

    /** Whether a partition has failed so often that scheduled runs leave it out, by the spec of the last run. */
    public boolean isSetAside(OutstandingFailure failure) {
        return lastRun.flatMap(RecordedRun::maxAttempts)
                .filter(failure::hasReached)
                .isPresent();
    }

    /** Its last change; empty if there is none. */
    public Optional<RecordChange> lastChange() {
        return lastRun.map(last -> new RecordChange(
                last.run(), last.found().map(RecordedRun.Found::pass).orElse(RecordChange.UNKNOWN)));
    }

    /** The last change of the record when a pass began, even if the pass has changed it since. */
    public Optional<RecordChange> changedBefore(RunId run, int pass) {
        return foundBy(run, pass).map(RecordedRun.Found::changedBy).orElseGet(this::lastChange);
    }

    /** Whether an invocation of the pass has changed the record, and nobody else since. */
    public boolean isBegunBy(RunId run, int pass) {
        return foundBy(run, pass).isPresent();
    }

    private Optional<RecordedRun.Found> foundBy(RunId run, int pass) {
        return lastRun.flatMap(last -> last.foundBy(run, pass));
    }

    /** Whether the record is as this detection has seen it. */
    public boolean isUnchangedSince(DetectionReport detection) {
        return lastChange().map(detection::isAfter).orElse(detection.after().isEmpty());
    }

    /**
     * Whether nothing but this pass, which acts on the detection, has changed the record since; it may have been lost.
     */
    public boolean isUnchangedSince(DetectionReport detection, RunId acting, int pass) {
        return changedBefore(acting, pass).map(detection::isAfter).orElse(true);
    }

    /**
     * The parameters for prefixes of the table to which the progress refers.
     *
     * @return empty if this is another table, or there is no progress
     */
    public Optional<PrefixParameters> prefixesOf(CatalogTable table) {
        return progress.basis().flatMap(scope -> scope.parametersOf(table));
    }

    /** The table with the parameters for its prefixes that another tool has taken from it, as runs read it. */
    public CatalogTable restored(CatalogTable table) {
        return prefixesOf(table).map(table::beforeLosing).orElse(table);
    }

    /** The zone of the progress, which is in local time; empty if none was stated. */
    public Optional<KeyZone> timeZone() {
        return progress.basis().flatMap(ProgressScope::timeZone);
    }

    /** How far the table is complete. */
    public TableProgress tableProgress() {
        return new TableProgress(progress.completeThrough(), timeZone());
    }

    public boolean isAbout(ProgressScope now) {
        return progress.basis().equals(Optional.of(now));
    }

    /** The record after this run; the processing time is kept if the run did not process anything. */
    public TableRecord with(RecordedRun run) {
        Optional<RecordedRun> last = Optional.of(lastRun.map(run::after).orElse(run));
        return copy(fields -> fields.lastRun = last);
    }

    /**
     * The record with the table's status when the pass first began.
     *
     * @param now the current record, which shows whether the pass has begun before
     */
    public TableRecord begunBy(RecordedRun run, int pass, TableRecord now) {
        RecordedRun.Found found = now.foundBy(run.run(), pass)
                .orElseGet(() -> new RecordedRun.Found(pass, PublishedParameters.status(now), now.lastChange()));
        return with(run.finding(found));
    }

    /** Whether the records differ only in the run that changed them last; both have one. */
    public boolean differsOnlyInRun(TableRecord other) {
        return lastRun.isPresent()
                && other.lastRun.isPresent()
                && copy(fields -> fields.lastRun = other.lastRun).equals(other);
    }

    /** Whether the table was partial when the last run's pass began, and is now complete. */
    @JsonIgnore
    public boolean isHealed() {
        return PublishedParameters.status(this) == TableStatus.COMPLETE
                && lastRun.flatMap(RecordedRun::found)
                        .filter(found -> found.status() == TableStatus.PARTIAL)
                        .isPresent();
    }

    /** Whether the folder is known to be the table's, so that its owner need not be looked up. */
    public boolean owns(S3Location folder) {
        return ownedFolder.equals(Optional.of(folder.uri()));
    }

    public TableRecord owning(S3Location folder) {
        return copy(fields -> fields.ownedFolder = Optional.of(folder.uri()));
    }

    /** The record of a table that has to look up its folder's owner; different each time. */
    public TableRecord withoutFolder() {
        return copy(fields -> fields.ownedFolder = Optional.of("given up " + UUID.randomUUID()));
    }

    private TableRecord copy(Consumer<TableRecordFields> change) {
        TableRecordFields fields = new TableRecordFields(this);
        change.accept(fields);
        return fields.record();
    }
}
