package io.fanin.fakes;

import java.util.Map;

/**
 * One HTTP request to the service: each of the SDK's attempts is a separate call.
 *
 * @param service {@code s3}, {@code glue}, {@code events} or {@code sns}
 * @param operation the API's name for it, such as {@code ListObjectsV2}
 * @param target {@code bucket/key} ({@code bucket/prefix} for listings), {@code database.table}, the name of a bus, or
 *     the ARN of a topic
 * @param facts S3: query parameters, conditional headers and {@code range}; the others: the request's plain members,
 *     the sizes of its lists, and {@code Segment} as {@code number/total}
 */
public record Call(String service, String operation, String target, Map<String, String> facts) {

    public Call {
        facts = Map.copyOf(facts);
    }

    /** A fact, or the empty string. */
    public String fact(String name) {
        return facts.getOrDefault(name, "");
    }
}
