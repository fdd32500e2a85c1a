package io.fanin.core.s3;

import io.fanin.core.aws.AwsErrors;
import io.fanin.core.retry.Backoff;
import io.fanin.core.retry.Sleeper;
import io.fanin.core.store.ObjectStore;
import io.fanin.core.temporary.ProcessFiles;
import io.fanin.model.table.S3Location;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.HttpStatusCode;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The state bucket in S3, with its conditional writes. Thread-safe.
 *
 * <p>S3 answers a conditional write with 409 while another write to the same key is in progress: then nothing was
 * written, and the result of the other write is not known, so the write is repeated until S3 accepts or refuses it.
 */
public final class S3ObjectStore implements ObjectStore {

    /** The maximum number of attempts of a write that conflicts with others in progress. */
    private static final int ATTEMPTS = 5;

    private final S3Client s3;
    private final String bucket;
    private final Backoff backoff;
    private final long most;

    public S3ObjectStore(S3Client s3, String bucket) {
        this(s3, bucket, Sleeper.SYSTEM);
    }

    /**
     * A store for tests that do not wait.
     *
     * @param sleeper waits between attempts
     */
    public S3ObjectStore(S3Client s3, String bucket, Sleeper sleeper) {
        this(s3, bucket, new Backoff(sleeper), Long.MAX_VALUE);
    }

    private S3ObjectStore(S3Client s3, String bucket, Backoff backoff, long most) {
        this.s3 = s3;
        this.bucket = bucket;
        this.backoff = backoff;
        this.most = most;
    }

    @Override
    public ObjectStore readingAtMost(long bytes) {
        return new S3ObjectStore(s3, bucket, backoff, bytes);
    }

    @Override
    public String uriOf(String key) {
        return "s3://" + bucket + "/" + key;
    }

    @Override
    public Optional<StoredObject> get(String key) {
        try {
            ResponseBytes<GetObjectResponse> answer =
                    s3.getObject(request -> request.bucket(bucket).key(key), WholeObject.toBytes(most));
            return Optional.of(
                    new StoredObject(answer.asUtf8String(), answer.response().eTag()));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        } catch (RetryableException e) {
            return Optional.of(new StoredObject("", requireEmpty(key, e).eTag()));
        }
    }

    /**
     * Checks that the object is empty, so that an answer without content is right; otherwise throws the error of
     * reading it.
     */
    private HeadObjectResponse requireEmpty(String key, RetryableException e) {
        HeadObjectResponse head =
                s3.headObject(request -> request.bucket(bucket).key(key));
        if (!Long.valueOf(0).equals(head.contentLength())) {
            throw SdkClientException.create(uriOf(key) + " cannot be read: " + e.getMessage(), e);
        }
        return head;
    }

    /** Reads through a file, so that the SDK can repeat a request whose transfer is interrupted. */
    @Override
    public Optional<OpenObject> open(String key) {
        GetObjectRequest request =
                GetObjectRequest.builder().bucket(bucket).key(key).build();
        Path file = ProcessFiles.newFile();
        try {
            GetObjectResponse answer = s3.getObject(request, WholeObject.toFile(file));
            return Optional.of(new OpenObject(
                    Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE),
                    answer.metadata(),
                    answer.lastModified()));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        } catch (RetryableException e) {
            HeadObjectResponse empty = requireEmpty(key, e);
            return Optional.of(new OpenObject(InputStream.nullInputStream(), empty.metadata(), empty.lastModified()));
        } catch (IOException e) {
            throw new UncheckedIOException(uriOf(key) + " cannot be kept in a file: " + e.getMessage(), e);
        }
    }

    @Override
    public List<String> folders(String prefix) {
        return new S3Pages(s3).folders(new S3Location(bucket, prefix));
    }

    @Override
    public Iterator<List<String>> keys(String prefix, String after) {
        Iterator<ListingPage> pages =
                new S3Pages(s3).deepAfter(bucket, prefix, after).iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return pages.hasNext();
            }

            @Override
            public List<String> next() {
                return pages.next().objects().stream().map(ObjectSummary::key).toList();
            }
        };
    }

    /** A missing bucket is treated as a missing object here: S3's answer does not distinguish them. */
    @Override
    public Optional<Map<String, String>> notes(String key) {
        try {
            return Optional.of(
                    s3.headObject(request -> request.bucket(bucket).key(key)).metadata());
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        }
    }

    @Override
    public void put(String key, String body) {
        s3.putObject(to(key), RequestBody.fromString(body));
    }

    @Override
    public void put(String key, Path file) {
        s3.putObject(to(key), RequestBody.fromFile(file));
    }

    @Override
    public boolean putIfAbsent(String key, String body) {
        return conditionalPut(key, request -> request.ifNoneMatch("*"), RequestBody.fromString(body))
                .isPresent();
    }

    @Override
    public boolean putIfAbsent(String key, Path file, Map<String, String> notes) {
        return conditionalPut(key, request -> request.ifNoneMatch("*").metadata(notes), RequestBody.fromFile(file))
                .isPresent();
    }

    @Override
    public Optional<StoredObject> putIfUnchanged(String key, String body, Version known) {
        return conditionalPut(
                        key,
                        request -> switch (known) {
                            case Version.None none -> request.ifNoneMatch("*");
                            case Version.Tagged(String etag) -> request.ifMatch(etag);
                        },
                        RequestBody.fromString(body))
                .map(etag -> new StoredObject(body, etag));
    }

    @Override
    public Map<String, String> delete(Collection<String> keys) {
        List<ObjectIdentifier> objects = keys.stream()
                .map(key -> ObjectIdentifier.builder().key(key).build())
                .toList();
        return new BatchDeletion(s3, bucket)
                .delete(objects).stream()
                        .collect(Collectors.toMap(S3Error::key, error -> error.code() + ": " + error.message()));
    }

    /** Returns the ETag; empty if the condition does not hold. */
    private Optional<String> conditionalPut(
            String key, UnaryOperator<PutObjectRequest.Builder> condition, RequestBody body) {
        PutObjectRequest request = condition.apply(to(key).toBuilder()).build();
        for (int attempt = 1; ; attempt++) {
            try {
                return Optional.of(s3.putObject(request, body).eTag());
            } catch (S3Exception e) {
                if (isRefusal(e)) {
                    return Optional.empty();
                }
                if (e.statusCode() != HttpURLConnection.HTTP_CONFLICT || attempt == ATTEMPTS) {
                    throw e;
                }
                backoff.pauseAfter(attempt);
            }
        }
    }

    /** Another writer has changed or deleted the object. */
    private static boolean isRefusal(S3Exception answer) {
        return answer.statusCode() == HttpURLConnection.HTTP_PRECON_FAILED
                || (answer.statusCode() == HttpStatusCode.NOT_FOUND && AwsErrors.isCode(answer, "NoSuchKey"));
    }

    private PutObjectRequest to(String key) {
        return PutObjectRequest.builder()
                .bucket(bucket)
                .key(key)
                .contentType(key.endsWith(".html") ? "text/html; charset=utf-8" : "application/json")
                .build();
    }
}
