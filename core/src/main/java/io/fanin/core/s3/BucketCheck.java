package io.fanin.core.s3;

import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Buckets into which partitions are to be made. */
public record BucketCheck(S3Client s3) {

    private static final int MOVED_PERMANENTLY = 301;
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    /**
     * Why partitions cannot be made in a bucket; empty if no reason was found. Only a write shows
     * whether writing is permitted.
     *
     * @throws S3Exception when S3 fails or throttles, which passes
     */
    public Optional<String> problem(String bucket) {
        try {
            s3.headBucket(request -> request.bucket(bucket));
            return Optional.empty();
        } catch (NoSuchBucketException e) {
            return Optional.of(missing(bucket));
        } catch (S3Exception e) {
            return Optional.of(
                    switch (e.statusCode()) {
                        case NOT_FOUND -> missing(bucket);
                        case FORBIDDEN ->
                            "access to the bucket " + bucket
                                    + " is denied: allow the processor's role s3:ListBucket there, or correct the name; it may"
                                    + " be another account's";
                        // HEAD is answered without a body: the bucket is in another region.
                        case MOVED_PERMANENTLY, BAD_REQUEST ->
                            "the bucket " + bucket + " lies in another region than the stack: name one that lies here";
                        default -> throw e;
                    });
        }
    }

    private static String missing(String bucket) {
        return "the bucket " + bucket + " does not exist: create it, or correct the name";
    }
}
