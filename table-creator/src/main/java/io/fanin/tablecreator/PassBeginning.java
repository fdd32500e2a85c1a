package io.fanin.tablecreator;

import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.RecordedRun;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.Waivers;
import io.fanin.core.record.Watermark;
import io.fanin.model.partition.EquivalentValues;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.detection.DetectionReport;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The change of a table's record before a pass registers anything. It adds this pass's failures, removes earlier ones
 * of partitions that another run or tool has registered since or that turned out not to exist, and changes waivers. A
 * redriven run may have an earlier spec than the run that has recorded a failure, and so have looked for the partition
 * elsewhere: then it removes only its own. Registrations in a table that is gone no longer count as progress.
 */
final class PassBeginning implements UnaryOperator<TableRecord> {

    private final PassRecord pass;
    private final PassInput input;
    private final PassResults results;
    private final Predicate<TableRecord> isOfPass;
    private final EquivalentValues forms;
    private final RecordedRun lastRun;
    private final List<OutstandingFailure> failures;
    private final Set<PartitionValues> healed;
    private final Watermark progress;
    private final List<PartitionValues> seen;

    /**
     * The change by a pass.
     *
     * @param input before anything was changed
     * @param isOfPass whether a state of the record is already about the table that the pass has created
     */
    PassBeginning(PassRecord pass, PassInput input, PassResults results, Predicate<TableRecord> isOfPass) {
        this.pass = pass;
        this.input = input;
        this.results = results;
        this.isOfPass = isOfPass;
        this.forms = pass.forms();
        this.lastRun = new RecordedRun(
                pass.run(),
                pass.folder(),
                input.registeredEarlier(),
                OptionalLong.empty(),
                PassRecord.maxAttempts(input),
                Optional.empty());
        this.failures =
                PassRecord.standing(results.failures(pass.run(), pass.pass()), input.spec(), input.registered());
        this.healed = healed();
        this.progress = input.progress(input.scope());
        this.seen = pass.seenBefore(input, results);
    }

    /** The partitions that another run or tool has registered since they failed or were waived. */
    private Set<PartitionValues> healed() {
        TableRecord earlier = pass.waiving(input.ofTable(input.record()));
        Set<PartitionValues> registered =
                new HashSet<>(OutstandingFailure.healed(earlier.outstanding(), input.registered()));
        registered.addAll(Waivers.healed(earlier, input.registered()));
        failures.forEach(failure -> registered.remove(failure.partition().values()));
        return registered;
    }

    @Override
    public TableRecord apply(TableRecord now) {
        boolean isKept = isOfPass.test(now);
        TableRecord known = isKept || input.existing().isPresent() ? now : now.withoutProgress();
        TableRecord begun = progress.advanced(withResults(isKept ? now : input.ofTable(known)), healed);
        TableRecord left = remade(now)
                .flatMap(DetectionReport::open)
                .map(open -> progress.leavingOpen(begun, LocalDateTime.parse(open)))
                .orElse(begun);
        return progress.recountingMissing(progress.reopening(left, seen), Waivers.endedWithoutData(known, begun, forms))
                .begunBy(lastRun, pass.pass(), now);
    }

    /** The run's detection, if it counts, and partitions that it has found to be gone are no longer registered. */
    private Optional<DetectionReport> remade(TableRecord now) {
        return input.actedOnDetection()
                .filter(report -> results.overtaking().isEmpty()
                        && report.counts().changes().deregister()
                        && now.isUnchangedSince(report, pass.run(), pass.pass()));
    }

    private TableRecord withResults(TableRecord before) {
        PassRecord.Known recorded = pass.known(before);
        Predicate<PartitionValues> isOver = values -> recorded.failure(values)
                .filter(failure -> !input.isJudgeOf(failure.run()))
                .isEmpty();
        return pass.waiving(before)
                .without(healed, forms)
                .without(those(results.absent(), isOver), forms)
                .withEmpty(those(results.empty(), isOver), forms)
                .withNotBegun(those(results.notBegun(), isOver), forms)
                .withFailures(failures, forms);
    }

    private static List<PartitionValues> those(List<PartitionValues> all, Predicate<PartitionValues> which) {
        return all.stream().filter(which).toList();
    }
}
