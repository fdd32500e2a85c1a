package io.fanin.statemachine.simulation;

/** A state's failure, with the name that Retry and Catch use. */
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

    /** The cause, in the terms of Step Functions. */
    String detail() {
        return detail;
    }
}
