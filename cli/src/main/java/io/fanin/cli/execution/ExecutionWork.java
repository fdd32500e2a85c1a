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
 * The work of an execution, from the answer of its detector, or of its gate after a redrive.
 *
 * @param answer empty before the detector has answered
 * @param detection the detector's summary; after the gate's answer, only the part about partitions that are not
 *     processed
 */
public record ExecutionWork(Optional<StepAnswer> answer, DetectionSummary detection) {

    public static final ExecutionWork NONE = new ExecutionWork(Optional.empty(), DetectionSummary.NONE);

    /** The work after a step's answer: only the detector and the gate change it. */
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
    int partitions() {
        return pass().map(StepAnswer.OfPass::partitions).orElse(0);
    }

    /** Batches to process; 0 in a run of all tables. */
    int batches() {
        return pass().map(StepAnswer.OfPass::batches).orElse(0);
    }

    /** Tables to run; 0 in a run of one table. */
    int tables() {
        return answer.map(step -> step instanceof TablesAnswer all ? all.tables() : 0)
                .orElse(0);
    }

    private Optional<StepAnswer.OfPass> pass() {
        return answer.flatMap(step -> step instanceof StepAnswer.OfPass pass ? Optional.of(pass) : Optional.empty());
    }

    /**
     * The JSON for programs: the answer, and after the gate's also the detector's summary of the partitions that are
     * left out.
     */
    @JsonValue
    Object document() {
        return answer.map(step -> step instanceof GateAnswer gate ? withLeftOut(gate) : step)
                .orElse(null);
    }

    private ObjectNode withLeftOut(GateAnswer gate) {
        ObjectNode document = Json.documents().valueToTree(detection);
        // The gate's answer has the current number of partitions to process.
        return document.remove(List.of("reasons", "found"))
                .setAll(Json.documents().<ObjectNode>valueToTree(gate));
    }
}
