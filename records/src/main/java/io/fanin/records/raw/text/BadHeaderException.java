package io.fanin.records.raw.text;

/** The first line of a CSV object does not map its fields to columns. */
public final class BadHeaderException extends RuntimeException {

    private final String line;

    /**
     * A header that cannot be used.
     *
     * @param message without values of rows
     * @param line its beginning, which may be a row's if the header is missing
     */
    public BadHeaderException(String message, String line, Throwable cause) {
        super(message, cause);
        this.line = line;
    }

    /** The line's beginning, which may be a row's if the header is missing. */
    public String line() {
        return line;
    }
}
