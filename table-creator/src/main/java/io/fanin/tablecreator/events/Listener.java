package io.fanin.tablecreator.events;

/** A receiver of events about runs, for programs. */
public interface Listener {

    /** Its name in the run folder's markers. */
    String name();

    /** Whether it is sent this event. */
    default boolean takes(Announcement announcement) {
        return true;
    }

    /**
     * Sends the notification; it has been accepted when this returns.
     *
     * @throws NotificationFailedException if it was rejected
     * @throws software.amazon.awssdk.core.exception.SdkException if the call failed
     */
    void send(Announcement announcement);
}
