package io.fanin.core.s3;

import java.util.Optional;
import software.amazon.awssdk.http.HttpStatusCode;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Checks buckets in which partitions are to be made. */
public record BucketCheck(S3Client s3) {

    /**
     * The reason why partitions cannot be made in a bucket; empty if none was found. Whether writing is permitted is
     * only known after a write.
     *
     * @throws S3Exception if S3 fails or throttles, which is temporary
     */
    public Optional<String> problem(String bucket) {
        try {
            s3.headBucket(request -> request.bucket(bucket));
            return Optional.empty();
        } catch (NoSuchBucketException e) {
            return Optional.of(missing(bucket));
        } catch (S3Exception e) {
            if (ObjectRefusedException.isOfOtherRegion(e)) {
                return Optional.of(elsewhere(bucket));
            }
            return Optional.of(
                    switch (e.statusCode()) {
                        case HttpStatusCode.NOT_FOUND -> missing(bucket);
                        case HttpStatusCode.FORBIDDEN ->
                            "access to the bucket " + bucket
                                    + " is denied: allow the processor's role s3:ListBucket there, another account's"
                                    + " also in its own policy and by its account in the stack's parameter"
                                    + " DataAccounts; or correct the name";
                        // The answer to HEAD has no body: the bucket is in another region.
                        case HttpStatusCode.BAD_REQUEST -> elsewhere(bucket);
                        default -> throw e;
                    });
        }
    }

    private static String elsewhere(String bucket) {
        return "the bucket " + bucket + " lies in another region than the stack: name one that lies here";
    }

    private static String missing(String bucket) {
        return "the bucket " + bucket + " does not exist: create it, or correct the name";
    }
}
