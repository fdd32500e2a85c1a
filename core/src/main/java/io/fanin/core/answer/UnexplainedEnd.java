package io.fanin.core.answer;

import io.fanin.model.run.ExecutionStatuses;

/** The text for an execution that failed without a cause. */
public final class UnexplainedEnd {

    private UnexplainedEnd() {}

    /**
     * The text in place of the cause.
     *
     * @param status as Step Functions names it
     */
    public static String text(String status) {
        return status.equals(ExecutionStatuses.ABORTED)
                ? "whoever stopped it gave no reason; the next run does what is left"
                : "no reason is given";
    }
}
