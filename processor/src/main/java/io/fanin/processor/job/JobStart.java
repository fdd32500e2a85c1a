package io.fanin.processor.job;

import java.util.Map;

/**
 * What the state machine does with a batch that a Glue job is to process.
 *
 * @param job its name in Glue
 * @param arguments of the run
 */
public record JobStart(Next next, String job, Map<String, String> arguments) {

    /** Where the state {@code Anything for the job?} leads. */
    public enum Next {
        /** To a run of the job. */
        RUN,
        /** Past it: none of the batch's partitions has raw data. */
        NOTHING
    }

    /** The argument that names the batch's work list. */
    public static final String BATCH = "--fanin_batch";
}
