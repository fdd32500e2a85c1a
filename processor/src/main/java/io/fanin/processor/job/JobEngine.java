package io.fanin.processor.job;

import io.fanin.model.spec.ProcessorSpec;
import io.fanin.records.samples.RowSamples;

/** A service that runs jobs, as Step Functions reports on it. */
public interface JobEngine {

    /** The one that runs a job. */
    static JobEngine of(ProcessorSpec.Job job) {
        return switch (job) {
            case ProcessorSpec.GlueJob glue -> new GlueEngine();
        };
    }

    /** A job in messages: the kind and the name. */
    String title(String job);

    /**
     * How a run ended.
     *
     * @param samples whether to keep the messages of a job, which may quote rows
     */
    JobOutcome outcome(JobEnd end, RowSamples samples);
}
