package io.fanin.processor.job;

import io.fanin.model.run.Failure;

/** The outcome of a job's run for a batch. */
public sealed interface JobOutcome {

    /** The job succeeded, or no run was needed. */
    record Done() implements JobOutcome {}

    /** The job failed. */
    record Failed(Failure failure) implements JobOutcome {}
}
