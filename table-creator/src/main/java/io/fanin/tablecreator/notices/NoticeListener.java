package io.fanin.tablecreator.notices;

/** A way to people. */
public interface NoticeListener {

    /** Its name in the tables' records. */
    String name();

    /**
     * Sends the notice; it has been accepted when this returns.
     *
     * @throws io.fanin.tablecreator.events.NotificationFailedException when it was rejected
     * @throws software.amazon.awssdk.core.exception.SdkException when the call failed
     */
    void send(Notice notice);
}
