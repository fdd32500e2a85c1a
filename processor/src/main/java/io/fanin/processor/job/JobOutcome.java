package io.fanin.processor.job;

import io.fanin.model.run.Failure;

/** How the run of a job for a batch ended. */
public sealed interface JobOutcome {

    /** The job succeeded, or no run was needed. */
    record Done() implements JobOutcome {}

    /** The job failed. */
    record Failed(Failure failure) implements JobOutcome {}
}
