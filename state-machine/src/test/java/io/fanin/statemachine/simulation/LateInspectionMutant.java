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
import software.amazon.awssdk.services.s3.S3Client;

/** A processor that ignores the inventory from before a Glue job, and inspects the raw data again after it. */
record LateInspectionMutant(S3Client s3, RequestStreamHandler processor) implements RequestStreamHandler {

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        JsonNode request = Json.documents().readTree(input);
        if (request.path("action").asText().equals("validate")) {
            s3.deleteObject(look -> look.bucket(HistoryWorld.STATE_BUCKET)
                    .key("runs/%s/pass-%s/jobs/%s-source.json"
                            .formatted(
                                    request.path("run").asText(),
                                    request.path("pass").asText(),
                                    request.at("/batch/id").asText())));
            ObjectNode again = request.deepCopy();
            processor.handleRequest(bytes(again.put("action", "prepare")), OutputStream.nullOutputStream(), context);
        }
        processor.handleRequest(bytes(request), output, context);
    }

    private static InputStream bytes(JsonNode request) throws IOException {
        return new ByteArrayInputStream(Json.documents().writeValueAsBytes(request));
    }
}
