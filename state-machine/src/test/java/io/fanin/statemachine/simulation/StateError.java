package io.fanin.statemachine.simulation;

/** A state's failure, under the name by which Retry and Catch know it. */
final class StateError extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String error;
    private final String detail;

    StateError(String error, String detail) {
        super(error + ": " + detail);
        this.error = error;
        this.detail = detail;
    }

    /** Its name. */
    String error() {
        return error;
    }

    /** What Step Functions calls its cause. */
    String detail() {
        return detail;
    }
}
