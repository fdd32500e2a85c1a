package io.fanin.tablecreator.events;

/** An event or a message could not be sent; nothing else is affected. */
public final class NotificationFailedException extends RuntimeException {

    public NotificationFailedException(String message) {
        super(message);
    }
}
