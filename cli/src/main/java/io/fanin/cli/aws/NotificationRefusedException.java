package io.fanin.cli.aws;

/** A bucket does not have a notification that was to be added. The message names the bucket. */
public final class NotificationRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Why it cannot. */
    public enum Reason {
        /** Another notification of the same objects goes elsewhere. */
        OVERLAPS,
        /** Another writer has replaced the bucket's notifications meanwhile. */
        CHANGED_MEANWHILE,
        /** S3 may not send to the receiver. */
        RECEIVER,
        /** There is no such bucket. */
        NO_BUCKET
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
