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
import io.fanin.model.run.detection.CatalogChanges;
import io.fanin.model.run.detection.DetectionCounts;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.Vanished;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.detection.DetectionSpec;
import io.fanin.model.table.Column;
import io.fanin.tablecreator.results.FanIn;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The changes that a pass makes, a pure function of the documents and of the catalog as read under the table's lease.
 * {@link PassExecutor} executes the plan.
 *
 * @param results the results of the pass that are to be registered or recorded
 * @param beginning adds the pass's failures to the table's record, before anything becomes visible
 */
record PassPlan(Read read, PassResults results, UnaryOperator<TableRecord> beginning) {

    /**
     * What is read once the rest of a plan's input is known.
     *
     * @param registered the partitions of {@link Read#partitionsToFind} that are in the catalog
     * @param alike those of {@link Read#runsToCompare} that have looked for the table's data where this run does
     * @param later the runs to which a redrive leaves what failed in them; empty if this run is the latest
     */
    record Found(Map<PartitionValues, RegisteredPartition> registered, Set<RunId> alike, Set<RunId> later) {}

    /**
     * The input of a plan, read before anything is changed.
     *
     * @param changes the pass's changes to the record
     * @param detection the run's findings; empty if they have expired
     * @param previous the report of the previous pass
     * @param own the pass's results, and those that the previous pass could not register
     * @param record the table's
     * @param existing the table; empty if it has to be created
     * @param found what was read once the rest was known
     */
    record Read(
            PassRecord changes,
            ResolvedSpec spec,
            Optional<DetectionReport> detection,
            Optional<RunReport> previous,
            PassResults own,
            TableRecord record,
            Optional<CatalogTable> existing,
            Found found) {

        /** The partitions of {@link #partitionsToFind} that are in the catalog. */
        Map<PartitionValues, RegisteredPartition> registered() {
            return found.registered();
        }

        int pass() {
            return changes.pass();
        }

        /**
         * The partitions to look up in the catalog: those that have not succeeded now, those that had not before, and
         * those whose results may be outdated, or may replace data by none.
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
        private boolean mayEmptyOthers() {
            return spec.detection() instanceof DetectionSpec.Calendar && !isLatest();
        }

        /** The same input with those of the partitions that are in the catalog. */
        Read with(Map<PartitionValues, RegisteredPartition> registered) {
            return with(new Found(registered, found.alike(), found.later()));
        }

        private Read with(Found now) {
            return new Read(changes, spec, detection, previous, own, record, existing, now);
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
        Read with(Set<RunId> same) {
            return with(new Found(registered(), same, found.later()));
        }

        /** Whether a partition has failed, after the pass read its data, in a run to which a redrive leaves it. */
        private Predicate<PartitionResult> leftToLater() {
            if (found.later().isEmpty()) {
                return result -> false;
            }
            PassRecord.Known known = changes.known(ofTable(record));
            return result -> known.failure(result.partition().values())
                    .filter(failure -> found.later().contains(failure.run()))
                    .filter(failure -> failure.mayBeLaterThan(own.readAt(result)))
                    .isPresent();
        }

        /**
         * Whether a partition has failed, with the data of the pass or later, and was waived since: the waiver stands.
         */
        private Predicate<PartitionResult> waivedSince() {
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
            return isLatest() || changes.isOwn(failed) || found.alike().contains(failed);
        }

        /**
         * Whether no other run, which may have another spec, can have changed the table since the run's detection, or,
         * if it has the spec of an earlier one, since that.
         */
        boolean isLatest() {
            return pass() == 0
                    && changes.redriveOf().isEmpty()
                    && own.overtaking().isEmpty();
        }

        /** The findings of the run's detection, if this pass acts on them. */
        Optional<DetectionReport> look() {
            return detection.filter(report -> pass() == 0);
        }

        /** Those of these partitions that are not registered. */
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
         * Whether a result may contradict what a later run has found: that run has recorded a failure of the partition,
         * or has not registered it, although it may have processed it. That a waived one is not registered is no
         * finding of a later run. Files that were made may have been removed as superseded, if another run has
         * registered the partition.
         */
        private Predicate<PartitionResult> outdated() {
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

    /** The results of a pass, with those that the previous pass could not register, except waived partitions. */
    static PassResults own(
            PassRecord changes,
            FanIn.Collected collected,
            TableRecord record,
            List<PartitionResult.Processed> unregistered) {
        return PassResults.of(collected).withEarlier(changes.wanted(record, unregistered));
    }

    static PassPlan of(Read read) {
        PassResults results = read.own()
                .without(read.leftToLater().or(read.waivedSince()))
                .failingWhereDataIsGone(
                        read.registered(), read.spec().definition().location())
                .failingWhereOthersHadData(
                        read.mayEmptyOthers() ? read.registered() : Map.of(),
                        read.spec().definition().location(),
                        read.changes().folder())
                .withoutFailuresRegisteredSince(read.registered())
                .failingWhereOutdated(read.outdated());
        return new PassPlan(read, results, read.changes().beginning(read, results));
    }

    /** Whether the pass checks an existing table for missing indexes, which is done once in a run. */
    boolean checksIndexes() {
        return read.existing().isPresent() && read.pass() == 0;
    }

    /**
     * Whether readers have to wait while the pass works.
     *
     * @param begun the record after {@link #beginning}
     */
    boolean setsPartial(TableRecord begun) {
        boolean deregisters =
                changesAskedFor().filter(CatalogChanges::deregister).isPresent();
        return !results.processed().isEmpty()
                || (deregisters && !begun.outstanding().isEmpty());
    }

    /** The findings of the run's detection, if this pass acts on them. */
    Optional<DetectionReport> look() {
        return read.look();
    }

    /**
     * The partitions whose data was gone in the detection; empty if it did not search for them. Where another run has
     * changed the table since, none is deregistered: what the detection has seen beside them does not count any more.
     */
    Optional<Vanished> vanished() {
        return changesAskedFor()
                .flatMap(CatalogChanges::vanished)
                .map(found -> found.list().isPresent() && results.overtaking().isPresent()
                        ? found.keepingAll("another run has changed the table since: run full again")
                        : found);
    }

    /** The columns that the detection found missing. */
    List<Column> newColumns() {
        return changesAskedFor().map(CatalogChanges::newColumns).orElse(List.of());
    }

    private Optional<CatalogChanges> changesAskedFor() {
        return look().map(DetectionReport::counts).map(DetectionCounts::changes);
    }
}
