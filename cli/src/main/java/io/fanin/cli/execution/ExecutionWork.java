package io.fanin.cli.execution;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.answer.DetectorAnswer;
import io.fanin.core.answer.GateAnswer;
import io.fanin.core.answer.StepAnswer;
import io.fanin.core.answer.TableCreatorAnswer;
import io.fanin.core.answer.TablesAnswer;
import io.fanin.core.answer.TablesSummary;
import io.fanin.model.json.Json;
import io.fanin.model.run.detection.DetectionSummary;
import java.util.List;
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
        return answer.map(step -> step instanceof GateAnswer gate ? withLeftOut(gate) : step)
                .orElse(null);
    }

    private ObjectNode withLeftOut(GateAnswer gate) {
        ObjectNode document = Json.documents().valueToTree(detection);
        // Of what was to be processed then, the gate's answer says what is left.
        return document.remove(List.of("reasons", "found"))
                .setAll(Json.documents().<ObjectNode>valueToTree(gate));
    }
}
