package io.fanin.cli.aws;

/** A notification could not be added to a bucket. The message names the bucket. */
public final class NotificationRefusedException extends RuntimeException {

    public enum Reason {
        /** Another notification of the same objects has another receiver. */
        OVERLAPS,
        /** Another writer has replaced the bucket's notifications meanwhile. */
        CHANGED_MEANWHILE,
        /** S3 is not permitted to send to the receiver. */
        RECEIVER,
        /** The caller lacks a permission. */
        DENIED,
        /** There is no such bucket. */
        NO_BUCKET,
        /** The bucket lies in another region than the receiver. */
        OTHER_REGION
    }

    private final Reason reason;

    NotificationRefusedException(Reason reason, String message) {
        this(reason, message, null);
    }

    NotificationRefusedException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
