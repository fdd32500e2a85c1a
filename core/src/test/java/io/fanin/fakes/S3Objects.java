package io.fanin.fakes;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.core.SdkBytes;

/** Answers the requests for objects of a bucket. */
final class S3Objects {

    /** The beginning of the names of headers with the writer's own metadata. */
    static final String METADATA = "x-amz-meta-";

    /** DeleteObjects takes up to 1000 keys. */
    private static final int MAX_DELETES = 1000;

    static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

    private S3Objects() {}

    static Response put(S3Bucket bucket, String key, Request request, Instant now) {
        S3Object object = S3Object.of(AwsChunked.body(request), now, request.headersFrom(METADATA));
        bucket.put(key, object, request.header("If-Match"), request.header("If-None-Match"));
        return Response.of(200).with("ETag", object.etag());
    }

    static Response get(S3Bucket bucket, String key, Request request) {
        S3Object object = bucket.get(key);
        request.header("If-Match").ifPresent(etag -> S3Bucket.requireMatch(object, etag));
        Response response = request.header("Range")
                .map(header -> part(object, ByteRange.of(header, object.size())))
                .orElseGet(() -> Response.of(200, object.content()));
        for (Entry<String, String> header : object.metadata().entrySet()) {
            response = response.with(header.getKey(), header.getValue());
        }
        Optional<String> expiry = bucket.lifecycle.header(key, object);
        if (expiry.isPresent()) {
            response = response.with("x-amz-expiration", expiry.get());
        }
        return response.with("ETag", object.etag())
                .with("Last-Modified", HTTP_DATE.format(object.modified()))
                .with("Content-Type", "binary/octet-stream");
    }

    private static Response part(S3Object object, ByteRange range) {
        byte[] part = Arrays.copyOfRange(object.content().asByteArrayUnsafe(), range.start(), range.end());
        return Response.of(206, SdkBytes.fromByteArrayUnsafe(part))
                .with("Content-Range", range.contentRange(object.size()));
    }

    static Response delete(S3Bucket bucket, String key, Request request) {
        bucket.delete(key, request.header("If-Match"));
        return Response.of(204);
    }

    /**
     * Deletes the keys that the request names.
     *
     * @param fault the fault for a key, which is then not deleted
     */
    static Response deleteAll(S3Bucket bucket, Request request, Function<String, Optional<Fault.Fail>> fault) {
        SdkBytes body = AwsChunked.body(request);
        List<Map<String, String>> objects = S3Xml.elements(body, "Object");
        if (objects.isEmpty() || objects.size() > MAX_DELETES) {
            throw new Refusal(400, "MalformedXML", "1 to " + MAX_DELETES + " keys expected, got " + objects.size());
        }
        List<String> deleted = new ArrayList<>();
        List<Entry<String, Fault.Fail>> errors = new ArrayList<>();
        for (Map<String, String> object : objects) {
            String key = object.get("Key");
            Optional<Fault.Fail> error = fault.apply(key)
                    .or(() -> refusal(() -> bucket.delete(key, Optional.ofNullable(object.get("ETag")))));
            error.ifPresentOrElse(fail -> errors.add(Map.entry(key, fail)), () -> deleted.add(key));
        }
        boolean quiet = S3Xml.text(body, "Quiet").orElse("").equals("true");
        return Response.of(200, S3Xml.deleted(quiet ? List.of() : deleted, errors));
    }

    private static Optional<Fault.Fail> refusal(Runnable work) {
        try {
            work.run();
            return Optional.empty();
        } catch (Refusal e) {
            return Optional.of(e.error());
        }
    }
}
