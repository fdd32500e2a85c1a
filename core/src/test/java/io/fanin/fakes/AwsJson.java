package io.fanin.fakes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkBytes;

/** The protocol of services that exchange JSON, with the operation in a header. */
final class AwsJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private AwsJson() {}

    /** The name behind the service's own. */
    static String operation(Request request) {
        String target = request.header("X-Amz-Target").orElse("");
        return target.substring(target.indexOf('.') + 1);
    }

    static JsonNode body(Request request) {
        try {
            return JSON.readTree(request.body().asByteArrayUnsafe());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A request's plain members, and the sizes of its lists. */
    static Map<String, String> facts(JsonNode body) {
        Map<String, String> facts = new TreeMap<>();
        for (Map.Entry<String, JsonNode> member : body.properties()) {
            JsonNode value = member.getValue();
            if (value.isValueNode()) {
                facts.put(member.getKey(), value.asText());
            } else if (value.isArray()) {
                facts.put(member.getKey(), Integer.toString(value.size()));
            }
        }
        return facts;
    }

    static Response response(int status, ObjectNode body) {
        try {
            return Response.of(status, SdkBytes.fromByteArrayUnsafe(JSON.writeValueAsBytes(body)))
                    .with("Content-Type", "application/x-amz-json-1.1");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
