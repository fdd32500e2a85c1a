package io.fanin.statemachine.simulation;

/** Ends the thread of an invocation whose process has died. Its effects so far remain. */
final class Crash extends Error {

    private static final long serialVersionUID = 1;

    Crash() {
        super("the process has died", null, false, false);
    }
}
