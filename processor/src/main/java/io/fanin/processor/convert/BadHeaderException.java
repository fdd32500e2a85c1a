package io.fanin.processor.convert;

/** A CSV object's first line does not say which of its fields are columns. */
final class BadHeaderException extends RuntimeException {
    BadHeaderException(String message, Throwable cause) {
        super(message, cause);
    }
}
