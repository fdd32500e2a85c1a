package io.fanin.core.queue;

/** A queue does not give its messages. The message names the queue, the reason and what to do. */
public final class QueueAccessException extends RuntimeException {

    public QueueAccessException(String message, Throwable cause) {
        super(message, cause);
    }
}
