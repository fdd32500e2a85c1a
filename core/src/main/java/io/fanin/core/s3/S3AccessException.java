package io.fanin.core.s3;

import software.amazon.awssdk.services.s3.model.NoSuchBucketException;

/** S3 refuses to list or read a location. The message names the location, the reason and the remedy. */
public final class S3AccessException extends RuntimeException {

    private final String messageToCaller;

    S3AccessException(String message, Throwable cause) {
        this(message, message, cause);
    }

    /**
     * A refusal with another remedy for each kind of caller.
     *
     * @param message for those who deploy the stack whose function was refused
     * @param messageToCaller for a person who was refused
     */
    S3AccessException(String message, String messageToCaller, Throwable cause) {
        super(message, cause);
        this.messageToCaller = messageToCaller;
    }

    /** The message for a person who has called S3 without a stack. */
    public String messageToCaller() {
        return messageToCaller;
    }

    /** Whether the bucket does not exist. */
    public boolean isBucketMissing() {
        return getCause() instanceof NoSuchBucketException;
    }
}
