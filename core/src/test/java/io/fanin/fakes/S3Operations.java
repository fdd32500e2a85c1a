package io.fanin.fakes;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Determines the operation of a request from its method, its address and its query. */
final class S3Operations {

    private static final Set<String> HEADERS = Set.of("if-match", "if-none-match", "range");
    private static final Set<String> OBJECT_PARAMETERS = Set.of("x-id");

    private S3Operations() {}

    static Call describe(Request request) {
        S3Address address = S3Address.of(request);
        Map<String, String> facts = new TreeMap<>();
        request.http().forEachRawQueryParameter((name, values) -> facts.put(name, value(values)));
        HEADERS.forEach(name -> request.header(name).ifPresent(value -> facts.put(name, value)));
        String operation = address.key().isEmpty() ? onBucket(request) : onObject(request);
        String target = operation.equals("ListObjectsV2") ? facts.getOrDefault("prefix", "") : address.key();
        return new Call("s3", operation, address.bucket() + "/" + target, facts);
    }

    private static String onBucket(Request request) {
        return switch (request.method()) {
            case PUT ->
                request.queryNames().isEmpty()
                        ? "CreateBucket"
                        : request.hasQuery("notification") ? "PutBucketNotificationConfiguration" : unknown(request);
            case HEAD -> "HeadBucket";
            case GET ->
                request.query("list-type").orElse("").equals("2")
                        ? "ListObjectsV2"
                        : request.hasQuery("notification") ? "GetBucketNotificationConfiguration" : unknown(request);
            case POST -> request.hasQuery("delete") ? "DeleteObjects" : unknown(request);
            default -> unknown(request);
        };
    }

    private static String onObject(Request request) {
        if (request.hasQuery("uploads") || request.hasQuery("uploadId")) {
            return onUpload(request);
        }
        boolean plain = OBJECT_PARAMETERS.containsAll(request.queryNames())
                && request.header("x-amz-copy-source").isEmpty();
        if (!plain) {
            return unknown(request);
        }
        return switch (request.method()) {
            case PUT -> "PutObject";
            case GET -> "GetObject";
            case HEAD -> "HeadObject";
            case DELETE -> "DeleteObject";
            default -> unknown(request);
        };
    }

    private static String onUpload(Request request) {
        return switch (request.method()) {
            case POST -> request.hasQuery("uploads") ? "CreateMultipartUpload" : "CompleteMultipartUpload";
            case PUT -> "UploadPart";
            case DELETE -> "AbortMultipartUpload";
            default -> unknown(request);
        };
    }

    private static String unknown(Request request) {
        return request.method() + " " + request.queryNames();
    }

    private static String value(List<String> values) {
        return values.isEmpty() || values.get(0) == null ? "" : values.get(0);
    }
}
