package io.fanin.model.failure;

/** Where the cause of a failure lies, and with that what heals it. */
public enum FailureOrigin {
    /** The partition's data: once it is corrected, a redrive processes the partition again. */
    PARTITION("the partition's data", "Correct the data, then redrive."),
    /** The table spec: a redrive uses the spec with which its execution began, so that a corrected one takes a new execution. */
    SPEC("the table spec", "Correct the spec, then start a new execution: a redrive uses the spec of its run."),
    /**
     * The stack or what it is allowed: once that is changed, a redrive meets the change. Only what the state machine's definition
     * itself holds needs a new execution.
     */
    STACK("the stack", "Change the stack, then redrive."),
    /** Something that passes: a redrive, or the next run, tries again. */
    PASSING("something that passes", "Redrive, or wait for the next run.");

    private final String cause;
    private final String remedy;

    FailureOrigin(String cause, String remedy) {
        this.cause = cause;
        this.remedy = remedy;
    }

    /** What has caused it, as part of a sentence. */
    public String cause() {
        return cause;
    }

    /** What heals all failures with this origin, as a sentence. */
    public String remedy() {
        return remedy;
    }
}
