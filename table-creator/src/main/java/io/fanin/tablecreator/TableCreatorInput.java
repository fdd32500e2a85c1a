package io.fanin.tablecreator;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.core.run.Execution;
import io.fanin.core.run.RunId;
import io.fanin.tablecreator.events.RunEnd;

/** What the state machine asks of the table-creator, and what EventBridge tells it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "action")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TableCreatorInput.Register.class, name = "register"),
    @JsonSubTypes.Type(value = TableCreatorInput.Hold.class, name = "hold"),
    @JsonSubTypes.Type(value = TableCreatorInput.Ended.class, name = "ended")
})
sealed interface TableCreatorInput {

    /**
     * Fan the results of a pass in.
     *
     * @param receipts as the Map returned them, not yet understood
     */
    record Register(RunId run, int pass, JsonNode receipts, Execution execution) implements TableCreatorInput {}

    /** Hold the run until it is redriven. */
    record Hold(RunId run, int pass, Execution execution) implements TableCreatorInput {}

    /** Tell what has not been told of an execution that has ended. */
    record Ended(RunEnd detail) implements TableCreatorInput {}
}
