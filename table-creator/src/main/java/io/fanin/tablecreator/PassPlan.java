package io.fanin.tablecreator;

import io.fanin.core.record.TableRecord;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.run.detection.CatalogChanges;
import io.fanin.model.run.detection.DetectionCounts;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.Vanished;
import io.fanin.model.table.Column;
import io.fanin.tablecreator.results.FanIn;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The changes that a pass makes, a pure function of the documents and of the catalog as read under the table's lease.
 * {@link PassExecutor} executes the plan.
 *
 * @param results the results of the pass that are to be registered or recorded
 * @param beginning adds the pass's failures to the table's record, before anything becomes visible
 */
record PassPlan(PassInput input, PassResults results, UnaryOperator<TableRecord> beginning) {

    /** The results of a pass, with those that the previous pass could not register, except waived partitions. */
    static PassResults own(
            PassRecord changes,
            FanIn.Results collected,
            TableRecord record,
            List<PartitionResult.Processed> unregistered) {
        return PassResults.of(collected).withEarlier(changes.wanted(record, unregistered));
    }

    static PassPlan of(PassInput input) {
        PassResults results = input.own()
                .without(input.leftToLater().or(input.waivedSince()))
                .failingWhereDataIsGone(
                        input.registered(), input.spec().definition().location())
                .failingWhereOthersHadData(
                        input.mayEmptyOthers() ? input.registered() : Map.of(),
                        input.spec().definition().location(),
                        input.changes().folder())
                .withoutFailuresRegisteredSince(input.registered())
                .failingWhereOutdated(input.outdated());
        return new PassPlan(input, results, input.changes().beginning(input, results));
    }

    /** Whether the pass checks an existing table for missing indexes, which is done once in a run. */
    boolean checksIndexes() {
        return input.existing().isPresent() && input.pass() == 0;
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
    Optional<DetectionReport> actedOnDetection() {
        return input.actedOnDetection();
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
        return actedOnDetection().map(DetectionReport::counts).map(DetectionCounts::changes);
    }
}
