package io.fanin.fakes;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * S3 in memory: objects, conditional writes and listings, as far as partition-fan-in uses them. Other features (copies,
 * versions) are refused with {@code NotImplemented}, or ignored. Thread-safe.
 */
public final class FakeS3 extends FakeService {

    /** <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html">Object keys</a>: in UTF-8. */
    private static final int MAX_KEY_BYTES = 1024;

    private final Map<String, S3Bucket> buckets = new ConcurrentHashMap<>();
    private final S3Uploads uploads = new S3Uploads();
    private final S3Listings listings = new S3Listings();
    private final List<String> denied = new CopyOnWriteArrayList<>();
    private final List<String> drained = new CopyOnWriteArrayList<>();
    private final Clock clock;

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
        metadata.forEach((name, value) -> headers.put(S3Objects.METADATA + name, value));
        S3Object object = S3Object.of(bytes, clock.instant(), headers);
        bucket(bucket).put(key, object, Optional.empty(), Optional.empty());
        return this;
    }

    public FakeS3 put(String bucket, String key, String content) {
        return put(bucket, key, content.getBytes(StandardCharsets.UTF_8));
    }

    /** A lifecycle rule moves an object into a storage class. */
    public FakeS3 archive(String bucket, String key, String storageClass) {
        S3Object object = bucket(bucket).find(key).orElseThrow();
        bucket(bucket).put(key, object.archivedIn(storageClass), Optional.empty(), Optional.empty());
        return this;
    }

    /** A lifecycle rule deletes the objects that begin like this some days after they were written. */
    public FakeS3 expireAfter(String bucket, String prefix, int days) {
        bucket(bucket).lifecycle.expire(prefix, days);
        return this;
    }

    /** Deletes the objects whose time is over by such rules. */
    public FakeS3 expire(String bucket) {
        S3Bucket held = bucket(bucket);
        for (String key : keys(bucket)) {
            held.find(key)
                    .flatMap(object -> held.lifecycle.expiry(key, object))
                    .filter(expiry -> !expiry.isAfter(clock.instant()))
                    .ifPresent(over -> delete(bucket, key));
        }
        return this;
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

    /**
     * Lets other writers change an object before each conditional write to it.
     *
     * @param body their content, by the number of their changes so far
     */
    public FakeS3 changedByOthers(String bucket, String key, IntFunction<String> body) {
        AtomicInteger changes = new AtomicInteger();
        faults().on("PutObject").thenRun(() -> put(bucket, key, body.apply(changes.incrementAndGet())));
        return this;
    }

    public FakeS3 startAfterInside(StartAfterInside behaviour) {
        listings.startAfterInside(behaviour);
        return this;
    }

    /** Takes uploads of keys that end like this for empty objects: they may be too large to hold. */
    public FakeS3 drain(String keySuffix) {
        drained.add(keySuffix);
        return this;
    }

    /** The number of bytes that were uploaded to drained keys, with the framing of their chunks. */
    public long drainedBytes() {
        return drained();
    }

    @Override
    boolean isKept(SdkHttpRequest request) {
        return request.method() != SdkHttpMethod.PUT || drained.stream().noneMatch(request.encodedPath()::endsWith);
    }

    /** Lists fewer names a page than S3 does, so that few names have several pages. */
    public FakeS3 pageSize(int names) {
        listings.pageSize(names);
        return this;
    }

    /**
     * Answers a number of pages without names before each one that may have some, as S3 may: {@code IsTruncated} is
     * true.
     */
    public FakeS3 emptyPages(int pages) {
        listings.emptyPages(pages);
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
            case "PutObject" -> S3Objects.put(bucket(address.bucket()), address.key(), request, clock.instant());
            case "GetObject" -> S3Objects.get(bucket(address.bucket()), address.key(), request);
            case "HeadObject" ->
                S3Objects.get(bucket(address.bucket()), address.key(), request).withoutBody();
            case "DeleteObject" -> S3Objects.delete(bucket(address.bucket()), address.key(), request);
            case "DeleteObjects" ->
                S3Objects.deleteAll(
                        bucket(address.bucket()), request, key -> fault(call, address.bucket() + "/" + key, key));
            case "PutBucketNotificationConfiguration" -> {
                bucket(address.bucket()).notifications =
                        AwsChunked.body(request).asUtf8String();
                yield Response.of(200);
            }
            case "GetBucketNotificationConfiguration" ->
                Response.of(200, bucket(address.bucket()).notifications).with("Content-Type", "application/xml");
            case "ListObjectsV2" -> listings.page(call, bucket(address.bucket()), address.bucket());
            case "CreateMultipartUpload" ->
                Response.of(
                        200,
                        S3Xml.begun(uploads.begin(
                                address,
                                request.headersFrom(S3Objects.METADATA),
                                request.header("x-amz-checksum-algorithm"))));
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

    private Response part(S3Address address, Request request) {
        S3Object part = S3Object.of(AwsChunked.body(request), clock.instant());
        int number = Integer.parseInt(request.query("partNumber").orElseThrow());
        String id = request.query("uploadId").orElseThrow();
        uploads.part(address, id, number, part.content(), request.header("x-amz-sdk-checksum-algorithm"));
        Response answer = Response.of(200).with("ETag", part.etag());
        return uploads.hasChecksums(address, id)
                ? answer.with(S3Uploads.CHECKSUM, S3Uploads.checksum(part.content()))
                : answer;
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

    /** The fault for one of many keys that are to be deleted. */
    private Optional<Fault.Fail> fault(Call call, String target, String key) {
        return isDenied(target) ? Optional.of(Fault.accessDenied()) : faults().forEntry(call, List.of(key));
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
