package io.fanin.detector;

import java.io.IOException;
import java.util.Optional;

/** The function's disk is too small for what a table's detection keeps on it. Trying again does not help. */
public final class DiskFullException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** What the JDK says of ENOSPC on the systems that Lambda runs. */
    private static final String NO_SPACE = "No space left on device";

    private DiskFullException(RuntimeException failure) {
        super(
                "the detector's disk (" + System.getProperty("java.io.tmpdir") + ") is full: " + failure.getMessage()
                        + ". Raise the stack's parameter DetectorStorage, or process the table's partitions in parts,"
                        + " with the mode range",
                failure);
    }

    /** Empty when a failure has other causes than a full disk. */
    static Optional<DiskFullException> behind(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException
                    && Optional.ofNullable(cause.getMessage())
                            .filter(message -> message.contains(NO_SPACE))
                            .isPresent()) {
                return Optional.of(new DiskFullException(failure));
            }
        }
        return Optional.empty();
    }
}
