package io.fanin.statemachine.simulation;

/** Ends the thread of an invocation whose process has died. What it did until then stays done. */
final class Crash extends Error {

    private static final long serialVersionUID = 1;

    Crash() {
        super("the process has died", null, false, false);
    }
}
