package io.fanin.records.samples;

import java.util.Optional;

/**
 * Whether messages, logs and parameters of partitions may have values of rows: the stack's parameter {@code SampleRows}. The
 * values of partition keys, names of columns and objects, places and counts are told in any case, and quarantined records are
 * kept, which are data.
 */
public enum RowSamples {
    SHOWN,
    HIDDEN;

    /** The function's environment variable; without it samples are shown. */
    public static final String VARIABLE = "SAMPLE_ROWS";

    /** What stands in place of a text that may quote rows. */
    public static final String NOT_SHOWN = "not shown, as the stack's parameter SampleRows is false";

    /**
     * As the function's environment has it.
     *
     * @param variable {@code true} or {@code false}
     */
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

    /** A text that may quote rows, or what stands in its place. */
    public String quoting(String text) {
        return areShown() ? text : NOT_SHOWN;
    }

    /** A failure as it is logged: where its messages may quote rows, it has only the classes and the stack traces. */
    public Throwable logged(Throwable failure) {
        return areShown() ? failure : new Unquoted(failure);
    }

    /** Names the failure that it stands for. */
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
