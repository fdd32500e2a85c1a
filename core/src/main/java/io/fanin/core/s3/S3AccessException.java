package io.fanin.core.s3;

import software.amazon.awssdk.services.s3.model.NoSuchBucketException;

/** S3 refuses to list or read a location. The message names the location, the reason and the remedy. */
public final class S3AccessException extends RuntimeException {

    public S3AccessException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Whether the bucket does not exist. */
    public boolean isBucketMissing() {
        return getCause() instanceof NoSuchBucketException;
    }
}
