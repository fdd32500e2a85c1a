package io.fanin.records.scratch;

import io.fanin.model.failure.FailureCode;
import io.fanin.model.text.LogSafe;
import io.fanin.records.duckdb.DuckDbException;
import java.util.Objects;

/** A partition cannot be converted, and an immediate retry would not help. */
public final class ConversionException extends RuntimeException {

    private final FailureCode code;

    /**
     * A failure of one partition.
     *
     * @param code part of results
     * @param message for people: the problem and the remedy
     */
    public ConversionException(FailureCode code, String message) {
        this(code, message, null);
    }

    /** A failure of one partition with its cause. */
    public ConversionException(FailureCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = Objects.requireNonNull(code, "code");
    }

    /** The failure of work for which the database had no memory. */
    public static ConversionException outOfMemory(String what, DuckDbException e) {
        return new ConversionException(
                FailureCode.OUT_OF_MEMORY,
                "%s needs more memory than the function has: raise the stack's parameter ProcessorMemory, or ask for less at a time (%s)"
                        .formatted(what, LogSafe.ofLines(e.getMessage(), 200)),
                e);
    }

    /** The failure of work for which the function had no time. */
    public static ConversionException outOfTime(String what, Throwable cause) {
        return new ConversionException(
                FailureCode.DEADLINE_EXCEEDED,
                "the function's time " + what
                        + "; nothing was published. Make the partition smaller, or raise the stack's parameter"
                        + " ProcessorMemory, with which the CPU grows",
                cause);
    }

    public FailureCode code() {
        return code;
    }
}
