package io.fanin.detector;

import io.fanin.core.failure.FullDisk;

/** The function's disk is too small for a table's detection. A retry does not help. */
public final class DiskFullException extends RuntimeException {

    private DiskFullException(RuntimeException failure) {
        super(
                "the detector's disk (" + System.getProperty("java.io.tmpdir") + ") is full: " + failure.getMessage()
                        + ". Process the table's partitions in parts, with the mode range, or with the mode partitions if"
                        + " it has no time keys",
                failure);
    }

    /** The exception to throw for a failure: the failure itself if it has other causes than a full disk. */
    static RuntimeException insteadOf(RuntimeException failure) {
        return FullDisk.isCauseOf(failure) ? new DiskFullException(failure) : failure;
    }
}
