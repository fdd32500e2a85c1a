package io.fanin.processor.custom;

/** There is not one processor of the name that a spec says; the message has those that there are. */
public final class UnknownProcessorException extends RuntimeException {

    UnknownProcessorException(String message, Throwable cause) {
        super(message, cause);
    }
}
