package io.fanin.core.answer;

import io.fanin.model.run.ExecutionStatuses;

/** What is said of an execution that failed without a cause. */
public final class UnexplainedEnd {

    private UnexplainedEnd() {}

    /**
     * What is said instead of the cause.
     *
     * @param status as Step Functions names it
     */
    public static String text(String status) {
        return status.equals(ExecutionStatuses.ABORTED)
                ? "whoever stopped it gave no reason; the next run does what is left"
                : "no reason is given";
    }
}
