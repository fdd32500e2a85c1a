package io.fanin.processor.job;

import io.fanin.model.spec.processor.ProcessorSpec;
import io.fanin.records.samples.RowSamples;

/** A service that runs jobs for Step Functions. */
public interface JobEngine {

    /** The service of a job. */
    static JobEngine of(ProcessorSpec.Job job) {
        return switch (job) {
            case ProcessorSpec.GlueJob glue -> new GlueEngine();
        };
    }

    /** A job's kind and name, for messages. */
    String title(String job);

    /**
     * The outcome of a run.
     *
     * @param samples whether to keep the messages of a job, which may quote rows
     */
    JobOutcome outcome(JobEnd end, RowSamples samples);
}
