package io.fanin.tablecreator.notices;

/** A channel through which people receive notices. */
public interface NoticeListener {

    /** Its name in the tables' records. */
    String name();

    /**
     * Sends the notice; it has been accepted when this returns.
     *
     * @throws io.fanin.tablecreator.events.NotificationFailedException if it was rejected
     * @throws software.amazon.awssdk.core.exception.SdkException if the call failed
     */
    void send(Notice notice);
}
