package io.fanin.model.failure;

/**
 * The origin of a failure, which determines its remedy: users are told whether to correct data, the spec or the stack,
 * and whether a redrive is enough.
 */
public enum FailureOrigin {
    /** The partition's data: once it is corrected, a redrive processes the partition again. */
    PARTITION("the partition's data"),
    /**
     * The table spec: a redrive uses the spec with which its execution began, so a corrected one needs a new execution.
     */
    SPEC("the table spec"),
    /**
     * The stack or its permissions: a redrive uses the changed stack. Only changes of the state machine's definition
     * need a new execution.
     */
    STACK("the stack"),
    /** A temporary condition: a redrive or the next run tries again. */
    PASSING("a temporary condition");

    private final String cause;

    FailureOrigin(String cause) {
        this.cause = cause;
    }

    /** The cause, as part of a sentence. */
    public String cause() {
        return cause;
    }
}
