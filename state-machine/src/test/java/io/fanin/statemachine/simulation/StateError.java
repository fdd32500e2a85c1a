package io.fanin.statemachine.simulation;

/** A state's failure, under the name by which Retry and Catch know it. */
final class StateError extends RuntimeException {

    private final String error;

    StateError(String error, String cause) {
        super(cause);
        this.error = error;
    }

    String error() {
        return error;
    }

    @Override
    public String toString() {
        return error + ": " + getMessage();
    }
}
