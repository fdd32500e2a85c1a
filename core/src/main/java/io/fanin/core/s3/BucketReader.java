package io.fanin.core.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Reads objects of one bucket. A listed object is requested with its ETag, so that no other version of it is read.
 * Every read throws {@link ObjectRefusedException} if S3 refuses it; failures of the service are thrown as the SDK
 * throws them.
 *
 * @param s3 is closed by the caller
 */
public record BucketReader(S3Client s3, String bucket) {

    private static final int RANGE_NOT_SATISFIABLE = 416;

    private static final Pattern EXPIRY_DATE = Pattern.compile("expiry-date=\"([^\"]*)\"");

    /** All objects whose key begins with the prefix. */
    public Iterator<ObjectSummary> list(String prefix) {
        return listings(List.of(prefix)).list(prefix);
    }

    /** Lists several partitions one after the other, with fewer requests. */
    public PartitionListings listings(List<String> prefixes) {
        return new PartitionListings(new S3Pages(s3), bucket, prefixes);
    }

    /** The whole object; the stream throws an {@link IOException} if the body ends before its length. */
    public InputStream open(ObjectSummary object, Supplier<String> name) {
        ResponseInputStream<GetObjectResponse> body =
                get(object.key(), request -> request.ifMatch(object.etag()), ResponseTransformer.toInputStream());
        return new WholeBody(body, name, object.size());
    }

    /** The bytes from one offset to another, both included, and exactly these. */
    public byte[] range(ObjectSummary object, Supplier<String> name, long from, long toInclusive) {
        byte[] bytes = get(
                        object.key(),
                        request -> request.ifMatch(object.etag()).range("bytes=" + from + "-" + toInclusive),
                        WholeObject.toBytes())
                .asByteArrayUnsafe();
        if (bytes.length != toInclusive - from + 1) {
            throw new UncheckedIOException(new IOException("object %s: bytes %d to %d were asked for, %d bytes came"
                    .formatted(name.get(), from, toInclusive, bytes.length)));
        }
        return bytes;
    }

    /** The current content of an object, or at most the given number of its first bytes. */
    public byte[] beginning(String key, int bytes) {
        try {
            return get(key, request -> request.range("bytes=0-" + (bytes - 1)), WholeObject.toBytes())
                    .asByteArrayUnsafe();
        } catch (ObjectRefusedException e) {
            if (e.answer().statusCode() == RANGE_NOT_SATISFIABLE) {
                return new byte[0]; // An empty object has no first byte.
            }
            throw e;
        }
    }

    /**
     * When a lifecycle rule deletes an object, or was to delete it, at a midnight in UTC: the header
     * {@code x-amz-expiration} of <a
     * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html">HeadObject</a>. Empty if no rule does.
     */
    public Optional<Instant> expiry(ObjectSummary object) {
        try {
            HeadObjectResponse head =
                    s3.headObject(request -> request.bucket(bucket).key(object.key()));
            return Optional.ofNullable(head.expiration())
                    .map(EXPIRY_DATE::matcher)
                    .filter(Matcher::find)
                    .map(date -> DateTimeFormatter.RFC_1123_DATE_TIME.parse(date.group(1), Instant::from));
        } catch (S3Exception e) {
            throw ObjectRefusedException.of(e);
        }
    }

    private <T> T get(
            String key,
            UnaryOperator<GetObjectRequest.Builder> request,
            ResponseTransformer<GetObjectResponse, T> answer) {
        try {
            return s3.getObject(
                    request.apply(GetObjectRequest.builder().bucket(bucket).key(key))
                            .build(),
                    answer);
        } catch (S3Exception e) {
            throw ObjectRefusedException.of(e);
        }
    }
}
