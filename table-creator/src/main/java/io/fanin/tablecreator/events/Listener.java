package io.fanin.tablecreator.events;

/** A receiver of notifications. */
public interface Listener {

    /** Its name in the run folder's markers. */
    String name();

    /**
     * Sends the notification; it has been accepted when this returns.
     *
     * @throws NotificationFailedException when it was rejected
     * @throws software.amazon.awssdk.core.exception.SdkException when the call failed
     */
    void send(Announcement announcement);
}
