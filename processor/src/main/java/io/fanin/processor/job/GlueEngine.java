package io.fanin.processor.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.json.Json;
import io.fanin.model.run.Failure;
import io.fanin.records.samples.RowSamples;

/** AWS Glue, for which Step Functions returns a run in the format of {@code GetJobRun}. */
record GlueEngine() implements JobEngine {

    /** Advice if the state machine's role may not run the job. */
    private static final String NAME_THE_JOB = ": the stack's parameter GlueJobs has to name the job";

    @Override
    public String title(String job) {
        return "Glue job '" + job + "'";
    }

    @Override
    public JobOutcome outcome(JobEnd end, RowSamples samples) {
        JsonNode outcome = end.outcome();
        if (outcome == null) {
            return new JobOutcome.Done();
        }
        if (outcome.has("JobRunState")) {
            return ofRun(end.job(), outcome, samples);
        }
        String cause = outcome.path("Cause").asText();
        JsonNode run = Json.treeOrMissing(cause);
        return run.has("JobRunState")
                ? ofRun(end.job(), run, samples)
                : caught(end.job(), outcome.path("Error").asText(), cause, samples);
    }

    /** Step Functions reports a stopped run as a success, but its work is not done. */
    private static JobOutcome ofRun(String job, JsonNode run, RowSamples samples) {
        String state = run.path("JobRunState").asText();
        String id = run.path("Id").asText("without an id");
        String said = run.path("ErrorMessage").asText();
        String logs = run.path("LogGroupName").asText();
        String message = "the run " + id + " of the Glue job '" + job + "' ended as " + state
                + (said.isBlank() ? "" : ": " + samples.quoting(said))
                + (logs.isBlank() ? "" : " (log groups " + logs + "/..., stream " + id + ")");
        return switch (state) {
            case "SUCCEEDED" -> new JobOutcome.Done();
            case "STOPPED", "STOPPING" -> failed(FailureCode.GLUE_JOB_STOPPED, message);
            case "TIMEOUT" -> failed(FailureCode.GLUE_JOB_TIMEOUT, message + ": raise the job's timeout");
            default -> failed(FailureCode.GLUE_JOB_FAILED, message);
        };
    }

    /**
     * The outcome of an error that Step Functions caught. Step Functions truncates a long cause, which is then not
     * valid JSON, but may still quote rows from the job's message.
     */
    private static JobOutcome caught(String job, String error, String cause, RowSamples samples) {
        boolean isOfRun = error.equals("States.TaskFailed");
        String because = error + (cause.isBlank() ? "" : ": " + (isOfRun ? samples.quoting(cause) : cause));
        return switch (error) {
            case "States.Timeout" ->
                failed(
                        FailureCode.GLUE_JOB_TIMEOUT,
                        "the run of the Glue job '" + job
                                + "' was given up, since it had not ended within 49 hours: make the"
                                + " job faster, or partitionsPerRun smaller");
            case "States.TaskFailed" ->
                failed(FailureCode.GLUE_JOB_FAILED, "the Glue job '" + job + "' failed: " + because);
            default ->
                failed(
                        FailureCode.GLUE_JOB_NOT_RUN,
                        "the Glue job '" + job + "' could not be run: " + advised(because, advice(error, cause)));
        };
    }

    /** Joins the service's sentence, without its full stop, and the advice. */
    private static String advised(String because, String advice) {
        return advice.isEmpty() || !because.endsWith(".")
                ? because + advice
                : because.substring(0, because.length() - 1) + advice;
    }

    private static String advice(String error, String cause) {
        return switch (error) {
            case "Glue.EntityNotFoundException" -> ": expected a job of this name in the stack's account and region";
            case "Glue.AccessDeniedException", "States.Permissions" -> NAME_THE_JOB;
            case "Glue.ConcurrentRunsExceededException", "Glue.ResourceNumberLimitExceededException" ->
                ": raise the job's maximum concurrency, or lower the stack's parameter JobConcurrency, which"
                        + " applies to new executions only";
            default -> cause.contains("AccessDenied") || cause.contains("not authorized") ? NAME_THE_JOB : "";
        };
    }

    private static JobOutcome failed(FailureCode code, String message) {
        return new JobOutcome.Failed(new Failure(code, message));
    }
}
