package io.fanin.tablecreator;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.model.json.Json;
import io.fanin.model.run.Execution;
import io.fanin.model.run.RunId;
import io.fanin.tablecreator.events.RunEnd;
import java.io.IOException;
import java.io.InputStream;

/** A request of the state machine, or an event of EventBridge. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "action")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TableCreatorInput.Register.class, name = "register"),
    @JsonSubTypes.Type(value = TableCreatorInput.Hold.class, name = "hold"),
    @JsonSubTypes.Type(value = TableCreatorInput.Summarize.class, name = "summarize")
})
sealed interface TableCreatorInput {

    /**
     * Register the results of a pass.
     *
     * @param receipts as returned by the Map, not yet parsed
     */
    record Register(RunId run, int pass, JsonNode receipts, Execution execution) implements TableCreatorInput {}

    /** Hold the run until it is redriven. */
    record Hold(RunId run, int pass, Execution execution) implements TableCreatorInput {}

    /**
     * Sum up a run of all tables.
     *
     * @param receipts as returned by the Map, not yet parsed
     */
    record Summarize(RunId run, JsonNode receipts, Execution execution) implements TableCreatorInput {}

    /** Send the missing notifications of an execution that has ended. */
    record Ended(RunEnd end) implements TableCreatorInput {}

    /**
     * Reads a request of the state machine, or an event in EventBridge's own format: an input transformer could not
     * embed the event's JSON strings.
     */
    static TableCreatorInput read(InputStream input) throws IOException {
        JsonNode json = Json.documents().readTree(input);
        return json.has("detail-type")
                ? new Ended(Json.documents().treeToValue(json.path("detail"), RunEnd.class))
                : Json.documents().treeToValue(json, TableCreatorInput.class);
    }
}
