package io.fanin.statemachine.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.model.json.Json;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/**
 * The answer of a function.
 *
 * @param error the exception's class, or an empty string if there was none
 */
record Invocation(String error, JsonNode payload) {

    static Invocation of(LambdaClient lambda, String function, JsonNode request) {
        InvokeResponse response = lambda.invoke(call ->
                call.functionName(function).qualifier("live").payload(SdkBytes.fromUtf8String(request.toString())));
        JsonNode payload = read(response.payload().asUtf8String());
        return new Invocation(
                response.functionError() == null
                        ? ""
                        : payload.path("errorType").asText(),
                payload);
    }

    private static JsonNode read(String text) {
        try {
            return Json.documents().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("a function answered what is not JSON: " + text, e);
        }
    }
}
