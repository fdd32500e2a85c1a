package io.fanin.processor.custom;

/** No processor, or more than one, has the name in the spec; the message lists those found. */
public final class UnknownProcessorException extends RuntimeException {

    UnknownProcessorException(String message, Throwable cause) {
        super(message, cause);
    }
}
