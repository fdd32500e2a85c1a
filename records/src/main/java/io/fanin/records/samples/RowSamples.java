package io.fanin.records.samples;

import java.util.Optional;

/**
 * Whether messages, logs and parameters of partitions may contain values of rows: the stack parameter {@code
 * SampleRows}. Values of partition keys, names of columns and objects, positions and counts are always shown, and
 * quarantined records are always kept, since they are data.
 */
public enum RowSamples {
    SHOWN,
    HIDDEN;

    /** The function's environment variable; without it samples are shown. */
    public static final String VARIABLE = "SAMPLE_ROWS";

    /** The replacement for a text that may quote rows. */
    public static final String NOT_SHOWN = "not shown, as the stack's parameter SampleRows is false";

    /** From the function's environment, where it is {@code true} or {@code false}. */
    public static RowSamples of(Optional<String> variable) {
        return switch (variable.orElse("true")) {
            case "true" -> SHOWN;
            case "false" -> HIDDEN;
            default ->
                throw new IllegalStateException("the environment variable " + VARIABLE + " is '"
                        + variable.orElseThrow() + "': expected true or false");
        };
    }

    public boolean areShown() {
        return this == SHOWN;
    }

    /** The text, or its replacement if it must not be shown. */
    public String quoting(String text) {
        return areShown() ? text : NOT_SHOWN;
    }

    /** The failure to log: if its messages may quote rows, only the classes and the stack traces. */
    public Throwable logged(Throwable failure) {
        return areShown() ? failure : new Unquoted(failure);
    }

    /** Replaces a failure, with the name of its class. */
    private static final class Unquoted extends Exception {

        Unquoted(Throwable failure) {
            super(
                    failure.getClass().getName() + ": " + NOT_SHOWN,
                    failure.getCause() == null ? null : new Unquoted(failure.getCause()),
                    false,
                    true);
            setStackTrace(failure.getStackTrace());
        }
    }
}
