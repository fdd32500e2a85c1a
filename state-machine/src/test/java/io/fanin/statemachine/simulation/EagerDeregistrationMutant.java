package io.fanin.statemachine.simulation;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.model.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A detector that goes beyond the spec's permission for vanished data. */
record EagerDeregistrationMutant(Mutant how, RequestStreamHandler detector) implements RequestStreamHandler {

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        JsonNode request = Json.documents().readTree(input);
        if (request.at("/execution/Input/detection") instanceof ObjectNode detection
                && detection.path("mode").asText().equals("full")) {
            String said = detection.path("vanished").asText("report");
            if (how == Mutant.DEREGISTERS_UNASKED && said.equals("report")) {
                detection.put("vanished", "deregister");
            } else if (how == Mutant.DEREGISTERS_ANY_NUMBER && said.equals("deregister")) {
                detection.put("force", true);
            }
        }
        detector.handleRequest(new ByteArrayInputStream(Json.documents().writeValueAsBytes(request)), output, context);
    }
}
