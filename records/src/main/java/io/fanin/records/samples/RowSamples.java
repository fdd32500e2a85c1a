package io.fanin.records.samples;

import io.fanin.core.failure.FullDisk;
import io.fanin.core.failure.PassingFailure;
import io.fanin.core.log.WithheldMessage;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Whether messages and parameters of partitions may contain values of rows: the stack parameter {@code SampleRows}.
 * Logs never do. Values of partition keys, names of columns and objects, positions and counts are always shown, and
 * quarantined records are always kept, since they are data.
 */
public enum RowSamples {
    SHOWN,
    HIDDEN;

    /** The function's environment variable; without it samples are shown. */
    public static final String VARIABLE = "SAMPLE_ROWS";

    /** The replacement for a text that may quote rows. */
    public static final String NOT_SHOWN = "not shown, as the stack's parameter SampleRows is false";

    private static final String NOT_LOGGED = "not logged, since it may quote rows; the run's report has it";

    /**
     * From the function's environment.
     *
     * @param variable {@code true} or {@code false}, or empty if it is not set
     */
    public static RowSamples of(String variable) {
        return switch (variable) {
            case "true", "" -> SHOWN;
            case "false" -> HIDDEN;
            default ->
                throw new IllegalStateException(
                        "the environment variable " + VARIABLE + " is '" + variable + "': expected true or false");
        };
    }

    public boolean areShown() {
        return this == SHOWN;
    }

    /** The text, or its replacement if it must not be shown. */
    public String quoting(String text) {
        return areShown() ? text : NOT_SHOWN;
    }

    /** Whether a failure's message may quote rows: messages of services and of a full disk or heap never do. */
    public static boolean mayBeIn(Throwable failure) {
        return !(failure instanceof SdkException
                || failure instanceof PassingFailure
                || failure instanceof OutOfMemoryError
                || FullDisk.isCauseOf(failure));
    }

    /** The failure for a log, without values of rows, even if samples are shown elsewhere. */
    public static Throwable logged(Throwable failure) {
        return WithheldMessage.of(failure, RowSamples::mayBeIn, NOT_LOGGED);
    }
}
