package io.fanin.tablecreator;

import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.record.ProgressScope;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.Watermark;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.run.RunReport;
import io.fanin.model.run.detection.CatalogChanges;
import io.fanin.model.run.detection.DetectionCounts;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.Vanished;
import io.fanin.model.spec.TableSpec;
import io.fanin.model.table.Column;
import io.fanin.tablecreator.results.FanIn;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What a pass changes, decided from what was read under the table's lease and from nothing else. {@link PassExecutor}
 * carries it out.
 *
 * @param results those of the read ones that count
 * @param beginning adds the pass's failures to the table's record, before anything becomes visible
 */
record PassPlan(Read read, PassResults results, UnaryOperator<TableRecord> beginning) {

    /**
     * What was read before anything is changed.
     *
     * @param changes what the pass has to record
     * @param detection what the run's detection saw; empty if it has expired
     * @param previous the report of the pass before
     * @param own the pass's results, and those that the pass before could not register
     * @param record the table's
     * @param existing the table; empty if it has to be created
     * @param registered those of {@link #partitionsToFind} that the catalog has
     */
    record Read(
            PassRecord changes,
            TableSpec spec,
            Optional<DetectionReport> detection,
            Optional<RunReport> previous,
            PassResults own,
            TableRecord record,
            Optional<CatalogTable> existing,
            Map<PartitionValues, RegisteredPartition> registered) {

        int pass() {
            return changes.pass();
        }

        /** How many partitions earlier passes of the run have registered. */
        long registeredEarlier() {
            return previous.map(report -> report.counts().registered()).orElse(0L);
        }

        /** The table's progress, as this run moves it. */
        Watermark progress(Optional<CatalogTable> table) {
            return Watermark.of(spec, ProgressScope.of(spec, table.flatMap(CatalogTable::created)))
                    .upTo(changes.horizon());
        }
    }

    /**
     * The results of a pass, with those that the pass before could not register, unless they are waived by now.
     */
    static PassResults own(
            PassRecord changes,
            FanIn.Collected collected,
            TableRecord record,
            List<PartitionResult.Processed> unregistered) {
        return PassResults.of(collected).withEarlier(changes.wanted(record, unregistered));
    }

    /** What has to be known of the catalog: partitions that have not succeeded now, and those that had not before. */
    static List<PartitionValues> partitionsToFind(
            PassRecord changes, PassResults own, TableRecord record, Optional<CatalogTable> existing) {
        return existing.isEmpty()
                ? List.of()
                : Stream.concat(own.possiblyRegistered(), changes.earlier(record, existing))
                        .distinct()
                        .toList();
    }

    static PassPlan of(Read read) {
        PassResults results = read.own()
                .failingWhereDataIsGone(read.registered().keySet())
                .withoutFailuresRegisteredSince(read.registered());
        return new PassPlan(read, results, read.changes().beginning(read, results));
    }

    /** Whether a table that is there is looked at for indexes that it lacks: once in a run. */
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

    /** What the run's detection saw, where this pass acts on it. */
    Optional<DetectionReport> look() {
        return read.detection().filter(report -> read.pass() == 0);
    }

    /** The partitions whose data the detection saw to be gone; empty if it did not look for them. */
    Optional<Vanished> vanished() {
        return changesAskedFor().flatMap(CatalogChanges::vanished);
    }

    /** The columns that the detection found to be lacking. */
    List<Column> newColumns() {
        return changesAskedFor().map(CatalogChanges::newColumns).orElse(List.of());
    }

    private Optional<CatalogChanges> changesAskedFor() {
        return look().map(DetectionReport::counts).map(DetectionCounts::changes);
    }
}
