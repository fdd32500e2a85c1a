package io.fanin.fakes;

import io.fanin.fakes.S3Listing.Query;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * S3 in memory: objects, conditional writes and listings, as much of it as partition-fan-in uses. What it does not know
 * (copies, versions) it refuses with {@code NotImplemented}, or ignores. Thread-safe.
 */
public final class FakeS3 extends FakeService {

    /** <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html">ListObjectsV2</a>: max-keys. */
    private static final int MAX_KEYS = 1000;

    /** DeleteObjects takes up to 1000 keys. */
    private static final int MAX_DELETES = 1000;

    /** <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html">Object keys</a>: in UTF-8. */
    private static final int MAX_KEY_BYTES = 1024;

    private static final String METADATA = "x-amz-meta-";

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

    private final Map<String, S3Bucket> buckets = new ConcurrentHashMap<>();
    private final S3Uploads uploads = new S3Uploads();
    private final List<String> denied = new CopyOnWriteArrayList<>();
    private final List<String> drained = new CopyOnWriteArrayList<>();
    private final Clock clock;
    private volatile int pageSize = MAX_KEYS;
    private volatile int emptyPages;
    private volatile StartAfterInside startAfterInside = StartAfterInside.RETURNS_PREFIX;

    public FakeS3() {
        this(Clock.systemUTC(), new RequestLog(), new Faults());
    }

    public FakeS3(Clock clock, RequestLog log, Faults faults) {
        super(log, faults);
        this.clock = clock;
    }

    public S3Client client() {
        return client(promptRetries());
    }

    public S3Client client(RetryStrategy retries) {
        return connect(S3Client.builder().forcePathStyle(true), retries, List.of());
    }

    /** A client whose calls go through the interceptor. */
    public S3Client client(ExecutionInterceptor interceptor) {
        return connect(S3Client.builder().forcePathStyle(true), promptRetries(), List.of(interceptor));
    }

    /** The ETag of an object that is put whole. */
    public static String etag(byte[] content) {
        return S3Object.etag(SdkBytes.fromByteArrayUnsafe(content));
    }

    public FakeS3 createBucket(String bucket) {
        buckets.putIfAbsent(bucket, new S3Bucket());
        return this;
    }

    /** A bucket whose keys are computed, all with the same content. It cannot be written to. */
    public FakeS3 createBucket(String bucket, ComputedKeys keys, String content) {
        return createBucket(bucket, keys, content.getBytes(StandardCharsets.UTF_8));
    }

    /** The same with any content, which is held once. */
    public FakeS3 createBucket(String bucket, ComputedKeys keys, byte[] content) {
        S3Object object = S3Object.of(SdkBytes.fromByteArray(content), clock.instant());
        buckets.put(bucket, new ComputedBucket(keys, object));
        return this;
    }

    /** Puts an object, behind the back of log and faults. The bucket must exist. */
    public FakeS3 put(String bucket, String key, byte[] content) {
        S3Object object = S3Object.of(SdkBytes.fromByteArray(content), clock.instant());
        bucket(bucket).put(key, object, Optional.empty(), Optional.empty());
        return this;
    }

    /** Puts an object with metadata of its writer's. */
    public FakeS3 put(String bucket, String key, String content, String name, String value) {
        return put(bucket, key, content, Map.of(name, value));
    }

    /** The same with more than one. */
    public FakeS3 put(String bucket, String key, String content, Map<String, String> metadata) {
        SdkBytes bytes = SdkBytes.fromUtf8String(content);
        Map<String, String> headers = new TreeMap<>();
        metadata.forEach((name, value) -> headers.put(METADATA + name, value));
        S3Object object = S3Object.of(bytes, clock.instant(), headers);
        bucket(bucket).put(key, object, Optional.empty(), Optional.empty());
        return this;
    }

    public FakeS3 put(String bucket, String key, String content) {
        return put(bucket, key, content.getBytes(StandardCharsets.UTF_8));
    }

    public Optional<byte[]> get(String bucket, String key) {
        return bucket(bucket).find(key).map(object -> object.content().asByteArray());
    }

    public Optional<String> text(String bucket, String key) {
        return bucket(bucket).find(key).map(object -> object.content().asUtf8String());
    }

    public FakeS3 delete(String bucket, String key) {
        bucket(bucket).delete(key, Optional.empty());
        return this;
    }

    /** The uploads in parts that were neither completed nor aborted. */
    public List<String> uploadsUnderWay() {
        return uploads.underWay();
    }

    /** All keys, in S3's order. */
    public List<String> keys(String bucket) {
        List<String> keys = new ArrayList<>();
        bucket(bucket).from("").forEachRemaining(entry -> keys.add(entry.getKey()));
        return keys;
    }

    public List<String> keys(String bucket, String prefix) {
        return keys(bucket).stream().filter(key -> key.startsWith(prefix)).toList();
    }

    /** Answers AccessDenied to everything that names a key, or lists a prefix, that begins like this. */
    public FakeS3 deny(String bucket, String prefix) {
        denied.add(bucket + "/" + prefix);
        return this;
    }

    public FakeS3 startAfterInside(StartAfterInside behaviour) {
        startAfterInside = behaviour;
        return this;
    }

    /** Takes uploads of keys that end like this for empty objects: they may be too large to hold. */
    public FakeS3 drain(String keySuffix) {
        drained.add(keySuffix);
        return this;
    }

    /** How many bytes were uploaded to keys that are drained, with the framing of their chunks. */
    public long drainedBytes() {
        return drained();
    }

    @Override
    boolean isKept(SdkHttpRequest request) {
        return request.method() != SdkHttpMethod.PUT || drained.stream().noneMatch(request.encodedPath()::endsWith);
    }

    /** Lists fewer names a page than S3 does, so that few names have several pages. */
    public FakeS3 pageSize(int names) {
        pageSize = names;
        return this;
    }

    /** Answers a number of pages without names before each one that may have some, as S3 may: {@code IsTruncated} is true. */
    public FakeS3 emptyPages(int pages) {
        emptyPages = pages;
        return this;
    }

    @Override
    Call describe(Request request) {
        return S3Operations.describe(request);
    }

    @Override
    Response answer(Call call, Request request) {
        S3Address address = S3Address.of(request);
        requireAllowed(call.target());
        requireShort(address.key());
        return switch (call.operation()) {
            case "CreateBucket" -> create(address.bucket());
            case "HeadBucket" -> head(address.bucket());
            case "PutObject" -> put(address, request);
            case "GetObject" -> get(address, request);
            case "HeadObject" -> get(address, request).withoutBody();
            case "DeleteObject" -> delete(address, request);
            case "DeleteObjects" -> deleteAll(call, address.bucket(), request);
            case "PutBucketNotificationConfiguration" -> {
                bucket(address.bucket()).notifications =
                        AwsChunked.body(request).asUtf8String();
                yield Response.of(200);
            }
            case "GetBucketNotificationConfiguration" ->
                Response.of(200, bucket(address.bucket()).notifications).with("Content-Type", "application/xml");
            case "ListObjectsV2" -> list(call, address.bucket());
            case "CreateMultipartUpload" ->
                Response.of(200, S3Xml.begun(uploads.begin(address, request.headersFrom(METADATA))));
            case "UploadPart" -> part(address, request);
            case "CompleteMultipartUpload" -> complete(address, request);
            case "AbortMultipartUpload" -> {
                uploads.abort(address, request.query("uploadId").orElseThrow());
                yield Response.of(204);
            }
            default -> throw new Refusal(501, "NotImplemented", "FakeS3 does not know " + call.operation());
        };
    }

    @Override
    Response error(Request request, Fault.Fail error) {
        Response response = Response.of(error.status(), S3Xml.error(error)).with("Content-Type", "application/xml");
        return request.method() == SdkHttpMethod.HEAD ? response.withoutBody() : response;
    }

    private Response create(String bucket) {
        if (buckets.putIfAbsent(bucket, new S3Bucket()) != null) {
            throw new Refusal(409, "BucketAlreadyOwnedByYou", "You already own this bucket: " + bucket);
        }
        return Response.of(200).with("Location", "/" + bucket);
    }

    private Response head(String bucket) {
        bucket(bucket);
        return Response.of(200);
    }

    private Response put(S3Address address, Request request) {
        S3Object object = S3Object.of(AwsChunked.body(request), clock.instant(), request.headersFrom(METADATA));
        bucket(address.bucket())
                .put(address.key(), object, request.header("If-Match"), request.header("If-None-Match"));
        return Response.of(200).with("ETag", object.etag());
    }

    private Response part(S3Address address, Request request) {
        S3Object part = S3Object.of(AwsChunked.body(request), clock.instant());
        int number = Integer.parseInt(request.query("partNumber").orElseThrow());
        uploads.part(address, request.query("uploadId").orElseThrow(), number, part.content());
        return Response.of(200).with("ETag", part.etag());
    }

    private Response complete(S3Address address, Request request) {
        String id = request.query("uploadId").orElseThrow();
        S3Object object = S3Object.of(
                uploads.complete(address, id, request.body()), clock.instant(), uploads.metadata(address, id));
        bucket(address.bucket())
                .put(address.key(), object, request.header("If-Match"), request.header("If-None-Match"));
        uploads.end(address, id);
        return Response.of(200, S3Xml.completed(object.etag()));
    }

    private Response get(S3Address address, Request request) {
        S3Object object = bucket(address.bucket()).get(address.key());
        request.header("If-Match").ifPresent(etag -> S3Bucket.requireMatch(object, etag));
        Response response = request.header("Range")
                .map(header -> part(object, ByteRange.of(header, object.size())))
                .orElseGet(() -> Response.of(200, object.content()));
        for (Entry<String, String> header : object.metadata().entrySet()) {
            response = response.with(header.getKey(), header.getValue());
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

    private Response delete(S3Address address, Request request) {
        bucket(address.bucket()).delete(address.key(), request.header("If-Match"));
        return Response.of(204);
    }

    private Response deleteAll(Call call, String bucketName, Request request) {
        S3Bucket bucket = bucket(bucketName);
        SdkBytes body = AwsChunked.body(request);
        List<Map<String, String>> objects = S3Xml.elements(body, "Object");
        List<String> keys = objects.stream().map(object -> object.get("Key")).toList();
        if (keys.isEmpty() || keys.size() > MAX_DELETES) {
            throw new Refusal(400, "MalformedXML", "1 to " + MAX_DELETES + " keys expected, got " + keys.size());
        }
        List<String> deleted = new ArrayList<>();
        List<Entry<String, Fault.Fail>> errors = new ArrayList<>();
        for (Map<String, String> object : objects) {
            String key = object.get("Key");
            Optional<Fault.Fail> error = (isDenied(bucketName + "/" + key)
                            ? Optional.of(Fault.accessDenied())
                            : faults().forEntry(call, List.of(key)))
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

    private Response list(Call call, String name) {
        Query query = query(call);
        S3Bucket bucket = bucket(name);
        S3Listing listing = query.from().emptied() < emptyPages ? S3Listing.empty(query) : S3Listing.of(bucket, query);
        return Response.of(200, S3Xml.listing(call, query, listing, name)).with("Content-Type", "application/xml");
    }

    private Query query(Call call) {
        int maxKeys = call.facts().containsKey("max-keys") ? Integer.parseInt(call.fact("max-keys")) : MAX_KEYS;
        Query first =
                new Query(call.fact("prefix"), call.fact("delimiter"), S3Position.at(""), Math.min(maxKeys, pageSize));
        if (call.facts().containsKey("continuation-token")) {
            return first.from(position(call.fact("continuation-token")));
        }
        String startAfter = call.fact("start-after");
        if (startAfter.isEmpty()) {
            return first;
        }
        Optional<String> passed =
                startAfterInside == StartAfterInside.SKIPS_PREFIX ? first.commonPrefix(startAfter) : Optional.empty();
        return first.from(S3Position.at(passed.map(Utf8Bounds::afterAll).orElse(Utf8Bounds.after(startAfter))));
    }

    private static S3Position position(String token) {
        try {
            return S3Position.read(token);
        } catch (IllegalArgumentException e) {
            throw new Refusal(400, "InvalidArgument", "The continuation token provided is incorrect");
        }
    }

    private S3Bucket bucket(String name) {
        return Optional.ofNullable(buckets.get(name))
                .orElseThrow(() -> new Refusal(404, "NoSuchBucket", "The specified bucket does not exist: " + name));
    }

    private boolean isDenied(String target) {
        return denied.stream().anyMatch(target::startsWith);
    }

    private void requireAllowed(String target) {
        if (isDenied(target)) {
            throw new Refusal(Fault.accessDenied());
        }
    }

    private static void requireShort(String key) {
        if (key.getBytes(StandardCharsets.UTF_8).length > MAX_KEY_BYTES) {
            throw new Refusal(400, "KeyTooLongError", "Your key is too long");
        }
    }
}
