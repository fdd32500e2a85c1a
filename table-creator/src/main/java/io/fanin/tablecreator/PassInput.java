package io.fanin.tablecreator;

import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.ProgressScope;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.Watermark;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.run.RunId;
import io.fanin.model.run.RunReport;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.detection.DetectionSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The input of a plan, read before anything is changed.
 *
 * @param changes the pass's changes to the record
 * @param detection the run's findings; empty if they have expired
 * @param previous the report of the previous pass
 * @param own the pass's results, and those that the previous pass could not register
 * @param record the table's
 * @param existing the table; empty if it has to be created
 * @param lookedUp what was read once the rest was known
 */
record PassInput(
        PassRecord changes,
        ResolvedSpec spec,
        Optional<DetectionReport> detection,
        Optional<RunReport> previous,
        PassResults own,
        TableRecord record,
        Optional<CatalogTable> existing,
        LookedUp lookedUp) {

    /**
     * The partitions and runs that are looked up once the pass's results are known.
     *
     * @param registered the partitions of {@link #partitionsToFind} that are in the catalog
     * @param alike those of {@link #runsToCompare} that have looked for the table's data where this run does
     * @param later the runs to which a redrive leaves what failed in them; empty if this run is the latest
     */
    record LookedUp(Map<PartitionValues, RegisteredPartition> registered, Set<RunId> alike, Set<RunId> later) {

        /** Before anything is looked up. */
        static LookedUp nothing(Set<RunId> later) {
            return new LookedUp(Map.of(), Set.of(), later);
        }
    }

    /** The partitions of {@link #partitionsToFind} that are in the catalog. */
    Map<PartitionValues, RegisteredPartition> registered() {
        return lookedUp.registered();
    }

    int pass() {
        return changes.pass();
    }

    /**
     * The partitions to look up in the catalog: those that have not succeeded now, those that had not before, and those
     * whose results may be outdated, or may replace data by none.
     */
    List<PartitionValues> partitionsToFind() {
        return existing.isEmpty()
                ? List.of()
                : Stream.of(
                                own.possiblyRegistered(),
                                changes.earlier(ofTable(record)),
                                own.overtaking().stream().flatMap(other -> own.successes()),
                                mayEmptyOthers() ? own.successesWithoutData() : Stream.<PartitionValues>empty())
                        .flatMap(Function.identity())
                        .distinct()
                        .toList();
    }

    /** The detection of a calendar leaves out what ever had data; other runs may have registered some since. */
    boolean mayEmptyOthers() {
        return spec.detection() instanceof DetectionSpec.Calendar && !isLatest();
    }

    /** The same input with those of the partitions that are in the catalog. */
    PassInput withRegistered(Map<PartitionValues, RegisteredPartition> registered) {
        return with(new LookedUp(registered, lookedUp.alike(), lookedUp.later()));
    }

    private PassInput with(LookedUp now) {
        return new PassInput(changes, spec, detection, previous, own, record, existing, now);
    }

    /** The other runs that have recorded failures of partitions for which the pass has found nothing. */
    Set<RunId> runsToCompare() {
        if (isLatest()) {
            return Set.of();
        }
        PassRecord.Known known = changes.known(ofTable(record));
        return Stream.concat(own.absent().stream(), own.empty().stream())
                .flatMap(values -> known.failure(values).stream())
                .map(OutstandingFailure::run)
                .filter(other -> !changes.isOwn(other))
                .collect(Collectors.toSet());
    }

    /** The same input with those of these runs that have looked for the table's data where this run does. */
    PassInput withAlike(Set<RunId> same) {
        return with(new LookedUp(registered(), same, lookedUp.later()));
    }

    /** Whether a partition has failed, after the pass read its data, in a run to which a redrive leaves it. */
    Predicate<PartitionResult> leftToLater() {
        if (lookedUp.later().isEmpty()) {
            return result -> false;
        }
        PassRecord.Known known = changes.known(ofTable(record));
        return result -> known.failure(result.partition().values())
                .filter(failure -> lookedUp.later().contains(failure.run()))
                .filter(failure -> failure.mayBeLaterThan(own.readAt(result)))
                .isPresent();
    }

    /** Whether a partition has failed, with the data of the pass or later, and was waived since: the waiver stands. */
    Predicate<PartitionResult> waivedSince() {
        if (own.overtaking().isEmpty()) {
            return result -> false;
        }
        PassRecord.Known known = changes.known(ofTable(record));
        return result -> known.waivedFailure(result.partition().values())
                .filter(failure ->
                        failure.at().filter(own.readAt(result)::isAfter).isEmpty())
                .isPresent();
    }

    /** Whether the failures of a run are over if nothing is found of their partitions. */
    boolean isJudgeOf(RunId failed) {
        return isLatest() || changes.isOwn(failed) || lookedUp.alike().contains(failed);
    }

    /**
     * Whether no other run, which may have another spec, can have changed the table since the run's detection, or, if
     * it has the spec of an earlier one, since that.
     */
    boolean isLatest() {
        return pass() == 0 && changes.redriveOf().isEmpty() && own.overtaking().isEmpty();
    }

    /** The findings of the run's detection, if this pass acts on them. */
    Optional<DetectionReport> actedOnDetection() {
        return detection.filter(report -> pass() == 0);
    }

    /** The partitions among these that are not registered. */
    List<PartitionValues> unregistered(List<PartitionValues> partitions) {
        return partitions.stream()
                .filter(values -> !registered().containsKey(values))
                .toList();
    }

    /** The number of partitions that earlier passes of the run have registered. */
    long registeredEarlier() {
        return previous.map(report -> report.counts().registered()).orElse(0L);
    }

    /** The subject of the progress before the pass. */
    ProgressScope scope() {
        return ProgressScope.of(spec, existing.flatMap(CatalogTable::created));
    }

    /** The progress of a table with this subject, as changed by this run. */
    Watermark progress(ProgressScope scope) {
        Watermark unbounded = Watermark.of(spec, scope);
        return changes.horizon().map(unbounded::upTo).orElse(unbounded);
    }

    /**
     * Whether a result may contradict what a later run has found: that run has recorded a failure of the partition, or
     * has not registered it, although it may have processed it. That a waived one is not registered is no finding of a
     * later run. Files that were made may have been removed as superseded, if another run has registered the partition.
     */
    Predicate<PartitionResult> outdated() {
        if (own.overtaking().isEmpty()) {
            return result -> false;
        }
        PassRecord.Known known = changes.known(ofTable(record));
        return result -> {
            PartitionValues values = result.partition().values();
            boolean isUnregistered = result instanceof PartitionResult.Processed
                    && !registered().containsKey(values)
                    && !known.isWaived(values);
            return isUnregistered
                    || mayBeRemoved(result)
                    || known.failure(values)
                            .filter(failure -> failure.mayBeLaterThan(own.readAt(result)))
                            .isPresent();
        };
    }

    private boolean mayBeRemoved(PartitionResult result) {
        return result instanceof PartitionResult.Processed made
                && made.written().isPresent()
                && Optional.ofNullable(registered().get(made.partition().values()))
                        .filter(now ->
                                !now.registeredBy().equals(changes.folder()) && !now.isSeenAfter(own.readAt(made)))
                        .isPresent();
    }

    /** A state of the record, as it applies to the existing table. */
    TableRecord ofTable(TableRecord now) {
        return existing.map(now::ofTable).orElseGet(now::ofNoTable);
    }
}
