package io.fanin.model.run;

/**
 * The statuses of executions, as Step Functions names them. Source: <a
 * href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeExecution.html">DescribeExecution</a>.
 */
public final class ExecutionStatuses {

    public static final String RUNNING = "RUNNING";
    public static final String SUCCEEDED = "SUCCEEDED";
    public static final String FAILED = "FAILED";

    /** Somebody has stopped it. */
    public static final String ABORTED = "ABORTED";

    /** It has been redriven, and has not begun again yet. */
    private static final String PENDING_REDRIVE = "PENDING_REDRIVE";

    private ExecutionStatuses() {}

    /** Whether an execution of this status has not ended, and may still change its table. */
    public static boolean isAlive(String status) {
        return status.equals(RUNNING) || status.equals(PENDING_REDRIVE);
    }
}
