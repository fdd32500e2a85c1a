package io.fanin.tablecreator.events;

/** An event or a message was not taken by who was to be told; nothing else is affected. */
public final class NotificationFailedException extends RuntimeException {

    public NotificationFailedException(String message) {
        super(message);
    }
}
