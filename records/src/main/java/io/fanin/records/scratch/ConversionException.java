package io.fanin.records.scratch;

import io.fanin.core.text.LogSafe;
import io.fanin.records.duckdb.DuckDbException;
import java.util.Objects;

/** A partition cannot be converted, and an immediate retry would not help. */
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

    /** The failure of what the database had no memory for. */
    public static ConversionException outOfMemory(String what, DuckDbException e) {
        return new ConversionException(
                "OutOfMemory",
                "%s needs more memory than the function has: raise the stack's parameter ProcessorMemory, or ask for less at a time (%s)"
                        .formatted(what, LogSafe.ofLines(e.getMessage(), 200)),
                e);
    }

    /** The failure of what the function had no time for. */
    public static ConversionException outOfTime(String what, Throwable cause) {
        return new ConversionException(
                "DeadlineExceeded",
                "the function's time " + what
                        + "; nothing was published. Raise the stack's parameters ProcessorTimeout or"
                        + " ProcessorMemory, or make the partition smaller",
                cause);
    }

    public String errorType() {
        return errorType;
    }
}
