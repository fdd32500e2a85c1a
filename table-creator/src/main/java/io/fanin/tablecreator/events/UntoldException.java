package io.fanin.tablecreator.events;

/** An event or a message was not taken by who was to be told; nothing else is affected. */
public final class UntoldException extends RuntimeException {

    public UntoldException(String message) {
        super(message);
    }
}
