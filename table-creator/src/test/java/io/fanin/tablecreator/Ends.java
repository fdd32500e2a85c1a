package io.fanin.tablecreator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.answer.ExecutionError;
import io.fanin.model.json.Json;
import io.fanin.tablecreator.events.RunEnd;
import java.util.OptionalInt;

/** Ends of executions, as events of EventBridge. */
final class Ends {

    static final String ARN =
            RunFixture.execution(RunFixture.RUN, OptionalInt.empty()).id();

    /** The error of an execution that the gate holds. */
    static final String HELD = ExecutionError.TABLE_PARTIAL.className();

    private Ends() {}

    static RunEnd ended(String status, String error, int time) {
        return read(end(status, error, time));
    }

    static RunEnd read(ObjectNode end) {
        return Json.read(end.toString(), RunEnd.class, "event");
    }

    static ObjectNode end(String status, String error, int time) {
        ObjectNode end = Json.documents()
                .createObjectNode()
                .put("executionArn", ARN)
                .put("stateMachineArn", "arn:aws:states:us-east-1:000000000000:stateMachine:partition-fan-in")
                .put("name", RunFixture.RUN.value())
                .put("status", status)
                .put("startDate", 1_384_000_000_000L)
                .put("stopDate", 1_385_000_000_000L + time)
                .put("input", "{}")
                .put("error", error)
                .put("cause", error == null ? null : "{\"errorMessage\":\"Glue said no\",\"errorType\":\"x\"}");
        end.putObject("inputDetails").put("included", true);
        return end;
    }
}
