package io.fanin.tablecreator.events;

/** Somebody who is notified of how runs ended. */
public interface Listener {

    /** Names it in the run folder, where it stands who was told. */
    String name();

    boolean wants(Kind kind);

    /**
     * Tells it; when this returns it has been told.
     *
     * @throws NotificationFailedException when it did not take it
     * @throws software.amazon.awssdk.core.exception.SdkException when it did not answer, or refused
     */
    void tell(Announcement announcement);
}
