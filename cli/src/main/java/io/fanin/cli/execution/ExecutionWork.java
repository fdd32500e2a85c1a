package io.fanin.cli.execution;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import io.fanin.core.answer.DetectorAnswer;
import io.fanin.core.answer.GateAnswer;
import io.fanin.core.answer.StepAnswer;
import io.fanin.core.answer.TableCreatorAnswer;
import io.fanin.core.answer.TablesAnswer;
import io.fanin.core.answer.TablesSummary;
import io.fanin.model.layout.Skip;
import io.fanin.model.layout.SkipReason;
import io.fanin.model.run.detection.DetectionSummary;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an execution has to do: the answer of its detector, or of its gate after a redrive.
 *
 * @param answer empty before the detector has answered
 * @param detection what the detector has found; after the gate's answer, what it has left out alone
 */
public record ExecutionWork(Optional<StepAnswer> answer, DetectionSummary detection) {

    public static final ExecutionWork NONE = new ExecutionWork(Optional.empty(), DetectionSummary.NONE);

    /** The work after a step has answered: other steps than detector and gate change nothing about it. */
    ExecutionWork after(StepAnswer next) {
        return switch (next) {
            case DetectorAnswer detected -> new ExecutionWork(Optional.of(detected), detected.detection());
            case GateAnswer left -> new ExecutionWork(Optional.of(left), detection.leftOut());
            case TablesAnswer tables -> new ExecutionWork(Optional.of(tables), DetectionSummary.NONE);
            case TableCreatorAnswer registered -> this;
            case TablesSummary summary -> this;
        };
    }

    /** Partitions to process; 0 in a run of all tables. */
    public int partitions() {
        return pass().map(StepAnswer.OfPass::partitions).orElse(0);
    }

    /** Batches to process; 0 in a run of all tables. */
    public int batches() {
        return pass().map(StepAnswer.OfPass::batches).orElse(0);
    }

    /** Tables to run; 0 in a run of one table. */
    public int tables() {
        return answer.map(step -> step instanceof TablesAnswer all ? all.tables() : 0)
                .orElse(0);
    }

    private Optional<StepAnswer.OfPass> pass() {
        return answer.flatMap(step -> step instanceof StepAnswer.OfPass pass ? Optional.of(pass) : Optional.empty());
    }

    /** As programs get it: the answer, and beside the gate's what the detector left out. */
    @JsonValue
    Object document() {
        return answer.map(step -> step instanceof GateAnswer left ? new Redriven(LeftOut.of(detection), left) : step)
                .orElse(null);
    }

    private record Redriven(
            @JsonUnwrapped LeftOut leftOut, @JsonUnwrapped GateAnswer answer) {}

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private record LeftOut(
            long waiting,
            List<String> waitingSample,
            long setAside,
            List<String> setAsideSample,
            long missing,
            List<String> missingSample,
            long skipped,
            Map<SkipReason, Long> skippedReasons,
            List<Skip> skippedSample) {

        static LeftOut of(DetectionSummary detection) {
            return new LeftOut(
                    detection.waiting(),
                    detection.waitingSample(),
                    detection.setAside(),
                    detection.setAsideSample(),
                    detection.missing(),
                    detection.missingSample(),
                    detection.skipped(),
                    detection.skippedReasons(),
                    detection.skippedSample());
        }
    }
}
