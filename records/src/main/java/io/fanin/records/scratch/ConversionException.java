package io.fanin.records.scratch;

import java.util.Objects;

/** A partition cannot be converted, and trying again at once would not help. */
public final class ConversionException extends RuntimeException {

    private final String errorType;

    /**
     * A failure of one partition.
     *
     * @param errorType a stable word in CamelCase, part of results
     * @param message for people: what was found, what to do
     */
    public ConversionException(String errorType, String message) {
        this(errorType, message, null);
    }

    /** The same with what it comes from. */
    public ConversionException(String errorType, String message, Throwable cause) {
        super(message, cause);
        this.errorType = Objects.requireNonNull(errorType, "errorType");
    }

    public String errorType() {
        return errorType;
    }
}
