package io.fanin.processor.job;

import java.util.Map;

/**
 * The next step of the state machine for a batch with a job.
 *
 * @param job its name in the service
 * @param arguments of the run
 */
public record JobStart(Decision next, String job, Map<String, String> arguments) {

    /** The branches of the state {@code Anything for the job?}. */
    public enum Decision {
        /** Start a run of the job. */
        RUN,
        /** Skip the job: no partition of the batch has raw data. */
        NOTHING
    }

    /** The argument with the URI of the batch's work list. */
    public static final String BATCH = "--fanin_batch";
}
