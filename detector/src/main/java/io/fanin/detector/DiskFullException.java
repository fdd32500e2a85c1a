package io.fanin.detector;

import io.fanin.core.retry.FullDisk;
import java.util.Optional;

/** The function's disk is too small for what a table's detection keeps on it. Trying again does not help. */
public final class DiskFullException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private DiskFullException(RuntimeException failure) {
        super(
                "the detector's disk (" + System.getProperty("java.io.tmpdir") + ") is full: " + failure.getMessage()
                        + ". Process the table's partitions in parts, with the mode range",
                failure);
    }

    /** Empty when a failure has other causes than a full disk. */
    static Optional<DiskFullException> behind(RuntimeException failure) {
        return FullDisk.isBehind(failure) ? Optional.of(new DiskFullException(failure)) : Optional.empty();
    }
}
