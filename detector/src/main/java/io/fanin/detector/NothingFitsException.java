package io.fanin.detector;

/** None of the prefixes in a table's folder fits its layout: no run can find a partition. Nothing has been changed. */
public final class NothingFitsException extends RuntimeException {

    NothingFitsException(String message) {
        super(message);
    }
}
