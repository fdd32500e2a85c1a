package io.fanin.records.raw.text;

/** The first line of a CSV object does not map its fields to columns. */
public final class BadHeaderException extends RuntimeException {
    public BadHeaderException(String message, Throwable cause) {
        super(message, cause);
    }
}
