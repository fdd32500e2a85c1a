package io.fanin.tablecreator;

import io.fanin.core.record.ProgressScope;
import io.fanin.core.record.RecordedRun;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.Watermark;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.detection.DetectionReport;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The change of a table's record once a pass has registered everything. It removes registered partitions, and adds
 * those that Glue has refused. The findings of the run's detection count if no other run has changed the record since.
 */
final class PassEnding implements UnaryOperator<TableRecord> {

    private final PassRecord pass;
    private final PassPlan plan;
    private final PassRecord.Result result;

    /** If an answer was lost, the change is applied to its own result. */
    private final UnaryOperator<TableRecord> beginning;

    private final RecordedRun lastRun;
    private final Watermark progress;
    private final List<PartitionValues> seen;
    private final List<PartitionValues> notBegun;

    PassEnding(PassRecord pass, PassPlan plan, PassRecord.Result result) {
        PassInput input = plan.input();
        this.pass = pass;
        this.plan = plan;
        this.result = result;
        this.beginning = input.existing().isPresent()
                ? plan.beginning()
                : new PassBeginning(
                        pass,
                        input,
                        plan.results(),
                        record -> record.tableCreated().isPresent() && !record.isOfAnother(result.table()));
        this.lastRun = new RecordedRun(
                pass.run(),
                pass.folder(),
                input.registeredEarlier() + newlyRegistered(result.own()),
                plan.results().work().millisPerPartition(),
                PassRecord.maxAttempts(input),
                Optional.empty());
        this.progress =
                input.progress(ProgressScope.of(input.spec(), result.table().created()));
        this.seen = pass.seenBefore(input, plan.results());
        this.notBegun = input.unregistered(plan.results().notBegun());
    }

    @Override
    public TableRecord apply(TableRecord now) {
        TableRecord known = beginning
                .apply(now)
                .ofTable(result.table())
                .without(result.registered(), pass.forms())
                .withFailures(result.refused(), pass.forms());
        TableRecord ended = detection(now)
                .map(report -> progress.advanced(
                        result.vanished().map(known::withVanished).orElse(known), result.registered(), report))
                .orElseGet(() -> progress.advanced(known, result.registered()));
        return progress.awaiting(progress.reopening(ended, seen), notBegun).with(lastRun);
    }

    /** The run's detection, if its findings count. */
    private Optional<DetectionReport> detection(TableRecord now) {
        return plan.actedOnDetection()
                .filter(report ->
                        plan.results().overtaking().isEmpty() && now.isUnchangedSince(report, pass.run(), pass.pass()));
    }

    /**
     * The number of partitions registered for the first time in this run. One that an earlier pass has registered may
     * have failed since, with late data.
     */
    private long newlyRegistered(Set<PartitionValues> registered) {
        PassRecord.Known before = pass.known(plan.input().ofTable(plan.input().record()));
        return registered.stream()
                .filter(values -> before.failure(values)
                        .flatMap(failure -> failure.standing().registeredBy())
                        .filter(pass.folder()::equals)
                        .isEmpty())
                .count();
    }
}
