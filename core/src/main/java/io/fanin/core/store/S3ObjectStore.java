package io.fanin.core.store;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.HttpStatusCode;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The state bucket in S3, with its conditional writes. Thread-safe. */
public final class S3ObjectStore implements ObjectStore {

    /** S3 answers so when a concurrent conditional write of the same key is under way; nothing was written. */
    private static final int CONFLICT = 409;

    private static final int PRECONDITION_FAILED = 412;

    private final S3Client s3;
    private final String bucket;

    public S3ObjectStore(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    @Override
    public String uriOf(String key) {
        return "s3://" + bucket + "/" + key;
    }

    @Override
    public Optional<StoredObject> get(String key) {
        try {
            ResponseBytes<GetObjectResponse> answer =
                    s3.getObjectAsBytes(request -> request.bucket(bucket).key(key));
            return Optional.of(
                    new StoredObject(answer.asUtf8String(), answer.response().eTag()));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<InputStream> open(String key) {
        try {
            return Optional.of(s3.getObject(request -> request.bucket(bucket).key(key)));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        }
    }

    @Override
    public void put(String key, String body) {
        s3.putObject(json(key), RequestBody.fromString(body));
    }

    @Override
    public boolean putIfAbsent(String key, String body) {
        return conditionalPut(key, request -> request.ifNoneMatch("*"), RequestBody.fromString(body));
    }

    @Override
    public boolean putIfAbsent(String key, Path file) {
        return conditionalPut(key, request -> request.ifNoneMatch("*"), RequestBody.fromFile(file));
    }

    @Override
    public boolean putIfMatch(String key, String body, String etag) {
        return conditionalPut(key, request -> request.ifMatch(etag), RequestBody.fromString(body));
    }

    private boolean conditionalPut(String key, UnaryOperator<PutObjectRequest.Builder> condition, RequestBody body) {
        try {
            s3.putObject(condition.apply(json(key).toBuilder()).build(), body);
            return true;
        } catch (S3Exception e) {
            int status = e.statusCode();
            if (status == PRECONDITION_FAILED || status == CONFLICT || status == HttpStatusCode.NOT_FOUND) {
                return refused(e);
            }
            throw e;
        }
    }

    private static boolean refused(S3Exception answer) {
        if (answer.statusCode() == HttpStatusCode.NOT_FOUND
                && !"NoSuchKey".equals(answer.awsErrorDetails().errorCode())) {
            throw answer;
        }
        return false;
    }

    private PutObjectRequest json(String key) {
        return PutObjectRequest.builder()
                .bucket(bucket)
                .key(key)
                .contentType("application/json")
                .build();
    }
}
