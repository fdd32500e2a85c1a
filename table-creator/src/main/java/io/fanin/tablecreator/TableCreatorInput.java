package io.fanin.tablecreator;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.core.json.Json;
import io.fanin.core.run.Execution;
import io.fanin.core.run.RunId;
import io.fanin.tablecreator.events.RunEnd;
import java.io.IOException;
import java.io.InputStream;

/** What the state machine asks of the table-creator, and what EventBridge tells it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "action")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TableCreatorInput.Register.class, name = "register"),
    @JsonSubTypes.Type(value = TableCreatorInput.Hold.class, name = "hold")
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
    record Ended(RunEnd end) implements TableCreatorInput {}

    /**
     * Reads what the state machine sends, or an event as EventBridge delivers it: a transformer of EventBridge's would have to
     * put JSON into JSON that is inside a text already.
     */
    static TableCreatorInput read(InputStream input) throws IOException {
        JsonNode json = Json.documents().readTree(input);
        return json.has("detail-type")
                ? new Ended(Json.documents().treeToValue(json.path("detail"), RunEnd.class))
                : Json.documents().treeToValue(json, TableCreatorInput.class);
    }
}
