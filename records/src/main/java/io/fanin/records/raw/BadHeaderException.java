package io.fanin.records.raw;

/** A CSV object's first line does not say which of its fields are columns. */
public final class BadHeaderException extends RuntimeException {
    BadHeaderException(String message, Throwable cause) {
        super(message, cause);
    }
}
